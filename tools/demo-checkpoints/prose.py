"""Generate the pretraining prose: stories, descriptions, explanations, stated facts."""
import random, sys
from grammar import Grammar, tidy
from words import WORDS, GIRLS, BOYS
import facts as F

G = Grammar(WORDS)
SHE = dict(he="she", him="her", his="her", himself="herself", child="girl", He="She")
HE = dict(he="he", him="him", his="his", himself="himself", child="boy", He="He")

OPEN = """One {weather} {daytime} in {season}, {name} went to the {p:place}.
On {day} [morning|afternoon|evening], {name} walked to the {p:place} with {his} {family}.
Once upon a time there was a {child} named {name} who lived near the {p:place}.
There was once a {trait} {child} called {name}. {He} lived in a {size} house by the {p:place}.
{name} was a {trait} {child} who loved {hobby}. {He} often spent the {daytime} at the {p:place}.
In the [morning|evening], when the sun [rose|was low|shone through the trees], {name} was already on the way to the {p:place}.
It was a {weather} day in {month}, and {name} {feel}. {He} put on {his} {colour} coat and went out to the {p:place}.
Every {day}, {name} and {his} {family} visited the {p:place}.
Long ago, in a {size} village behind the hills, a {child} named {name} lived with {his} {family}.
After [school|lunch|breakfast|work], {name} took {his} {thing} and ran to the {p:place}.
When {name} was {num} years old, {his} {family} took {him} to the {p:place} for the first time.
The rain had stopped at last, and {name} could go to the {p:place} again.
[In the morning|At noon|In the evening], {name} and {name2} [met|were standing|sat] [at|near|by] the {p:place}.
Nobody in the village knew why {name} [walked|went] to the {p:place} every {daytime}.
"Where are you going?" asked {his} {family}. "I am going to the {p:place}," said {name}.
Although it was {weather}, {name} did not want to stay at home. {He} went to the {p:place} instead.""".split("\n")

LOST = [
 """{name} could not find {his} {o:thing} anywhere.
That {daytime}, {name} noticed that {his} {colour} {o:thing} was gone.
On the way, {name} lost {his} {quality} {o:thing}.
{He} put a hand in {his} pocket, but the {o:thing} was not there.""",
 """{He} looked under the [bench|table|bridge|old tree], but it was not there.
{He} searched [the whole {daytime}|everywhere], behind every door and under every [stone|chair], and found nothing.
{He} asked {m:man}, but he had not seen it.
{He} asked {w:woman}, who only shook her head.
"[Have you seen|Did anyone find] my {o}?" {he} asked, but nobody answered.""",
 """Then {name2} came along and said, "[Let us look together|I will help you|Do not worry, we will find it]."
{name2}, who was {his} best friend, offered to help.
{He} sat down and [thought|tried to remember] where {he} had been.
Suddenly a {animal} ran across the path and stopped [near|behind] a {tree}.""",
 """At last they found the {o} [under a {tree}|in the {room}|behind the {room} door|in a basket of {food}].
There it was: the {o} lay in the grass, [wet|dusty|still clean] but not broken.
In the end the {o} was [in {his} own bag|on the kitchen table|in the {room}] the whole time.""",
 """{name} {feel} and thanked {name2}.
From that day on, {name} always kept the {o} in a safe place.
They laughed about it all the way home.
{name} held the {o} tightly and promised to be more careful."""]
HELP = [
 """There {he} met a {size} {a:animal} that [had hurt its leg|was very hungry|could not find its way home|was caught in a net].
By the path sat a {colour} {a:animal}, and it looked {mood}.
Near the water {he} heard a soft cry. It was a young {a:animal} that [was lost|was cold|had fallen into a hole].""",
 """"Please help me," said the {a}. "[I have not eaten for {num} days|I cannot go on alone|My family is waiting for me]."
The {a} did not run away, because it was too [tired|weak|afraid].
{name} {feel}, but {he} came closer {adv}.""",
 """{name} gave the {a} some {food} and a little {drink}.
{He} wrapped the {a} in {his} {colour} scarf and carried it home.
{He} took {tool} and worked until the {a} was free.
{He} stayed with the {a} the whole night and kept it warm.""",
 """After {num} days the {a} was [strong|well] again.
Soon the {a} could [walk|run|stand] again, and it looked at {name} with bright eyes.
In the morning the {a} {feel} and thanked {him}.""",
 """"You were kind to me," it said, "and I will not forget it."
Later, when {name} was lost in the forest, the {a} showed {him} the way home.
From then on the {a} came back every {season}, and {name} was never lonely.
{name} learned that a small kindness can change a whole day."""]
LEARN = [
 """{name} wanted to learn to {s:skill}, but it was [difficult|harder than {he} had thought|not easy at all].
More than anything else, {name} wished to {s:skill}.
"I will never learn to {s:skill}," said {name} {adv}.""",
 """{His} {f:family} said, "[Nobody learns it in one day|Try again tomorrow|Take your time and practise a little every day]."
{name2} could already do it and offered to show {him} how.
At first everything went wrong, and {he} {feel}.""",
 """So {he} practised every {daytime}, in the {room} and in the garden.
For {num} weeks {he} practised [before breakfast|after school|in the evening], and each time it went a little better.
{He} made many mistakes, but {he} did not give up.""",
 """Then, on a {weather} {day}, it worked for the first time.
One {daytime} {he} noticed that it was suddenly easy.
At the end of {season}, {name} could {s} better than {his} {family}.""",
 """Everyone clapped, and {name} {feel}.
"You see," said {name2}, "practice is the whole secret."
{He} smiled, because {he} knew how much work it had been."""]
MAKE = [
 """{name} decided to make a {o:thing} out of {mat:material}.
For the birthday of {his} {f:family}, {name} wanted to build a {quality} {o:thing}.
There was no {o:thing} in the house, so {name} and {name2} made one themselves.""",
 """First {he} fetched {tool} and {tool} from the {room}.
First {he} drew a plan on a piece of paper.
{name2} brought some {material} and {tool}.""",
 """Then {he} measured everything {adv}, cut the pieces, and put them together.
The work took {num} hours, and the table was soon covered with {material} and dust.
Twice it broke, and twice {he} began again.""",
 """When the {o} was ready, {he} painted it {colour}.
In the evening the {o} was finished, and it was [more beautiful|stronger|bigger] than they had hoped.
At last it stood on the table, {size} and {colour}.""",
 """"This is the best {o} that I have ever seen," said {m:man}.
{His} {family} {feel} and put it on the shelf in the {room}.
They used the {o} for many years."""]
COOK = [
 """It was almost noon, and everyone was hungry. {name} went into the kitchen to make {d:food} for {his} {family}.
{name} and {name2} wanted to cook {d:food} for the whole family.
On {day}, {name} helped {his} {family} in the kitchen. They wanted to make {d:food}.""",
 """They washed their hands, put on aprons and took {food} and {food} from the shelf.
{He} cut the {food} into small pieces and put a pot on the stove.
There was enough {food}, but there was no salt in the house, so {he} asked {w:woman}.""",
 """While the water boiled, {name2} set the table with {num} plates.
The kitchen soon smelled of {food} and warm butter.
{He} stirred {adv} and tasted it with a wooden spoon.""",
 """When everything was ready, they sat down together and drank {drink} with it.
They ate it hot, with a piece of {food} and a cup of {drink}.""",
 """"It is delicious," said {name2} and asked for more.
Nothing was left on the plates, not even for the {pet}.
{name} {feel}, because it was the first meal that {he} had cooked alone."""]
JOURNEY = [
 """{name} wanted to visit {his} {f:family}, who lived in a town by the sea.
{name} packed a bag with {food}, a {thing} and a warm blanket, because the way was long.
Early in the {daytime}, {name} and {name2} left the village and followed the road to the {place}.""",
 """The road went over a {size} hill and through a forest of {tree}s.
First they took the train, and then they walked for {num} hours.
On the way they met {m:man}, who was carrying a {thing}.""",
 """When it became dark, they [slept in a barn|lit a fire|stayed in a small inn] and listened to the wind. Far away {animalsound}.
Soon it began to [rain|snow], and they waited under a {tree} until the sky was clear.
At the river there was no bridge, so {m:man} took them across in his boat.""",
 """The next morning they saw the {place} below them, {colour} in the early light.
At last they reached the {place}, tired but {mood}.""",
 """"I am so glad that you are here," said {his} {f}, and put {food} and {drink} on the table.
That night {name} slept deeply and dreamed of the long road.
{name} never forgot that journey."""]
STORM = [
 """In the night a storm came over the {place}. The wind shook the windows, and the rain fell on the roof.
Dark clouds came from the west, and soon the first drops fell on the {place}.
It snowed for {num} days, until the {place} was white and silent.""",
 """{name} lay awake and {feel}. The {pet} hid under the bed.
{name} lit a candle and closed the windows {adv}.
{name} and {name2} sat in the {room} and told each other stories.""",
 """Suddenly there was a knock at the door. It was {m:man}, wet and cold.
Then a great {tree} fell across the road with a loud crash.
In the middle of the night {animalsound}, and then everything was quiet.""",
 """They gave each other courage and waited for the morning.
{name} made hot {drink}, and slowly the fear went away.""",
 """In the morning the sky was clear and blue again, and the air smelled of wet grass.
When the sun rose, the whole village came out to repair the {place}.
The next day {name} found a {quality} {thing} that the wind had carried into the garden."""]
GIFT = [
 """It was the birthday of {name2}, and {name} was looking for a present.
{name} had saved {num} coins to buy a present for {his} {f:family}.""",
 """In a {size} shop {he} saw a {quality} {o:thing} made of {material}, but it was too expensive.
The {o:thing} in the window was {colour} and shiny, and {name} could not look away.""",
 """{He} worked for {m:man} for {num} days and carried {food} to the market.
So {he} sold {his} own {thing} and bought it.
The owner of the shop saw how {mood} {he} was and said, "Give me what you have, and it is yours."
""".strip(),
 """{He} wrapped the {o} in {colour} paper and carried it home {adv}.
On {day} {he} put the {o} on the breakfast table and waited.""",
 """It was the most beautiful present of all.
"How did you know?" was the only thing that {name2} could say.
They sat together until it was dark, and the {o} stood between them on the table."""]
QUARREL = [
 """{name} and {name2} were good friends, but on {day} they had a quarrel about a {o:thing}.
"It is my {o:thing}," said {name}. "No, it is mine," said {name2}.""",
 """{name} went home alone and {feel}. The evening was very long.
For {num} days they did not speak to each other.""",
 """Then {w:woman} told them, "A {o} can be bought again, but a friend cannot."
{name} thought about it for a long time and then wrote a letter.""",
 """"I am sorry," said {name}. "I am sorry, too," said {name2}.
The next {daytime}, {name} knocked at the door of {name2} and held out a hand.""",
 """Now they share the {o}: one day it belongs to {name}, and the next day it belongs to {name2}.
They shared a piece of cake and laughed, and everything was good again."""]
PLOTS = [LOST, HELP, LEARN, MAKE, COOK, JOURNEY, STORM, GIFT, QUARREL]
PLOTS = [[s.split("\n") for s in p] for p in PLOTS]
MIDDLE = """The air smelled of {flower} and wet earth.
A {bird} sat on the roof and sang.
It was {weather}, and the leaves of the {tree} moved in the wind.
Somewhere {animalsound}.
Nobody was in a hurry.
The bells of the church rang {num} times.
{His} {pet} ran along beside {him}.
The {colour} light of the lamps fell on the street.
It was very quiet, and only the clock could be heard.""".split("\n")
END = """In the evening {name} told {his} {family} everything.
And so the day came to a good end.
That was a day that {name} would always remember.
When {he} went to bed that night, {he} fell asleep at once.
The moon rose over the {place}, and the village grew quiet.
And if they have not moved away, they still live there today.""".split("\n")

DESC = """The {p:place} lies [at the edge of the town|between two hills|at the end of a long road|near the sea]. In {season} it is full of {flower}, and in {season} [only a few people come|it is almost empty|the children play there]. [A {size} path leads|Narrow stone steps lead] from the {place} to an old {tree}. Many people come on {day} to [rest|talk|buy {food} and {food}|listen to the birds].
The house has {num} rooms and a {size} garden. In the {room} there is a {colour} {thing} on the wall, and next to it stands a {quality} table. The {room} is [dark|bright|cool] and smells of {food} and {material}. From the window you can see the {place} and a row of {tree}s.
{name} has {colour} eyes and [dark|red|fair|grey] hair. {He} is {trait} and {trait}, and {he} likes {hobby} more than anything else. In the evening {he} often sits in the {room} with a cup of {drink}. {His} friends say that {he} is never {mood} for long.
The {a:animal} is {size} and {colour}. It lives near the {place}, where it finds {food} and water. In {season} it sleeps for most of the day, and at night it goes out {adv}. If you are quiet, you can see it at the edge of the {place}.
The market opens at {num} o'clock in the morning. There are {food}, {food} and {food}, and one man sells {thing}s made of {material}. {w:woman} buys {food} for the whole week. By noon the baskets are empty, and the square is swept clean.
In {month} the weather is often {weather}. The days are [long|short|mild|cool], and the people [work in the fields|stay at home|walk in the {place}]. In the gardens there are {flower} and {flower}. The children like this month because [of the holidays|they can play outside|there is a festival].
My {family} is {trait}. Every {daytime}, my {family} goes to the {place} and brings home {food}. We drink {drink} together and talk about the day. I have learned to {skill} there, and I am thankful for it.
The old {o:thing} is made of {material}. It belonged to {his} {family}, who bought it in a {size} shop near the {place}. It is a little {quality} now, but {name} would not give it away. When {he} holds it, {he} thinks of {season} and of the smell of {food}.
The train leaves the station at {num} o'clock. It passes the {place}, a {size} bridge and fields full of {flower}. In the seat by the window sits {w:woman} with a {thing} on her knees. She is going to see her {family}, and she {feel}.
There is a big difference between {season:season} and {s2:season}. In {season} people [wear light clothes|stay outside|sit by the fire], and in {s2} they [sleep longer|work in the garden|drink hot {drink}]. Some people like {season} best, while others wait the whole year for {s2}. [Both are good in their own way|It depends on what you like to do].
We need a {o:thing} for many things. A good {o} is {size} and made of {material}. If it breaks, you can repair it with {tool}. You should keep it in the {room}, where it stays dry.
If you want to {s:skill}, you should begin with small steps. First, find a quiet place and enough time. Then practise a little every {daytime}, and do not be {mood} when something goes wrong. After {num} weeks you will see that it becomes easier.
{name} keeps a {pet:pet} at home. The {pet} is {colour} and very {trait}. It eats {num} times a day and sleeps in a basket in the {room}. When {name} comes home, the {pet} runs to the door.
A good breakfast gives us energy for the day. Many people eat {food} and {food} and drink {drink}. Others only have a cup of {drink}, because they are not hungry in the morning. {name} likes {food} best, above all on {day}.
The sea was calm that {daytime}. A {size} boat with a {colour} sail came slowly into the harbour. {m:man} threw a rope, and a {child} caught it. Then they carried baskets of {food} to the {place}.
One day {m:man} walked to the {p:place}, as he did every {daytime}. He sat on a bench under a {tree} and fed the birds. [People greeted him|The children brought him {food}|Nobody asked him why]. When the sun went down, he took his {thing} and went home {adv}.
In the morning, the children [ran|walked|went] to the {p:place}. They [carried|brought] {food}, a {thing} and a {colour} blanket. [They played until noon|They built a small house of branches|They looked for shells and stones]. When they came home, they were tired and {mood}.
The old man walked to the {p:place} [with his {pet}|with a {thing} under his arm|as he did every {daytime}]. The {tree}s were {colour}, and a {bird} sang in the branches. He {feel}, because [it was the first warm day of the year|he was going to meet an old friend|his letter had not come]. {w:woman} greeted him and asked about his {family}.""".split("\n")

POEM = """The {colour} {bird} sings in the tree,\nIt sings for you, it sings for me.\nThe sun goes down, the day is long,\nAnd all the world can hear its song.
The rain falls softly on the ground,\nIt makes a small and gentle sound.\nThe {flower} drink, the rivers flow,\nAnd in the fields the grasses grow.
The moon is high, the night is deep,\nThe {animal} and the {bird} both sleep.\nA star looks down on hill and sea,\nAnd keeps a little light for me.
In {season} when the wind is cold,\nThe leaves are red, the leaves are gold.\nThey dance and fall without a care,\nAnd rest upon the garden chair.
A {size} cat sat on the wall,\nAnd did not seem to move at all.\nBut when a mouse ran by the door,\nThe cat was on the wall no more.
The sea is wide, the sea is blue,\nIt carries ships and carries you.\nThe waves come in, the waves go out,\nThey whisper first and then they shout.
I have a friend who walks with me,\nWe share our bread, we share our tea.\nAnd when the road is dark and long,\nWe find our way and sing a song.""".replace("\\n", "\n")
_lines = POEM.split("\n")
POEMS = ["\n".join(_lines[i:i + 4]) for i in range(0, len(_lines), 4)]


def person(rng):
    girl = rng.random() < .5
    b = dict(SHE if girl else HE)
    b["His"] = b["his"].capitalize()
    b["name"] = rng.choice(GIRLS if girl else BOYS)
    b["name2"] = rng.choice([n for n in GIRLS + BOYS if n != b["name"]])
    return b


def story(rng, longer=False):
    b = person(rng)
    parts = [rng.choice(OPEN)]
    for plot in rng.sample(PLOTS, 2 if longer else 1):
        for i, step in enumerate(plot):
            if 0 < i < 4 and not longer and rng.random() < .15:
                continue  # steps 1..3 can be left out without breaking the story
            parts.append(rng.choice(step))
            if rng.random() < .18:
                parts.append(rng.choice(MIDDLE))
        for key in "oafdsmw":  # the next episode has its own objects and people
            b.pop(key, None)
    if longer or rng.random() < .4:
        parts.append(rng.choice(END))
    # "{o}" etc. may refer to a step that was left out: keep what is bound first.
    out = []
    for p in parts:
        out.append(G.expand(rng, p, b))
    return tidy(" ".join(out))


def description(rng):
    return tidy(G.expand(rng, rng.choice(DESC), person(rng)))


def poem(rng):
    return tidy(G.expand(rng, rng.choice(POEMS), person(rng)))


def number_pair(rng):
    """Operands, mostly from the tables that a child learns first."""
    op = rng.choice("+++---**/")
    if op == "*":
        a, b = rng.randint(0, 12), rng.randint(0, 12)
        return op, a, b, a * b
    if op == "/":
        b, c = rng.randint(1, 10), rng.randint(1, 10)
        return op, b * c, b, c
    top = 20 if rng.random() < .75 else 50 if rng.random() < .5 else 99
    a, b = rng.randint(0, top), rng.randint(0, top)
    if op == "-":
        a, b = max(a, b), min(a, b)
        return op, a, b, a - b
    return op, a, b, a + b


NAMES = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}


def sum_sentence(rng):
    op, a, b, c = number_pair(rng)
    forms = [f"{a} {NAMES[op]} {b} is {c}.", f"{a} {NAMES[op]} {b} equals {c}.",
             f"{a} {op} {b} = {c}.", f"{a} {NAMES[op]} {b} is {c}."]
    if op == "+":
        forms += [f"If you add {a} and {b}, you get {c}.", f"The sum of {a} and {b} is {c}.",
                  f"{a} and {b} make {c}."]
    if op == "-":
        forms += [f"If you take {b} away from {a}, {c} is left.", f"The difference between {a} and {b} is {c}."]
    if op == "*":
        forms += [f"If you multiply {a} by {b}, you get {c}.", f"The product of {a} and {b} is {c}."]
    if op == "/":
        forms += [f"If you divide {a} by {b}, you get {c}.", f"{a} shared by {b} is {c}."]
    return rng.choice(forms)


def sums(rng):
    text = " ".join(sum_sentence(rng) for _ in range(rng.randint(3, 8)))
    if rng.random() < .5:
        b = person(rng)
        b["x"], b["y"] = rng.sample(["teacher", "mother", "father", "friend"], 2)
        op, p, q, r = number_pair(rng)
        text = tidy(G.expand(rng, f'"What is {p} {NAMES[op]} {q}?" asked the {{x}}. "{p} {NAMES[op]} {q} is {r}," said {{name}}. ', b)) + " " + text
    if rng.random() < .3:
        p, q = rng.randint(1, 12), rng.randint(1, 12)
        b = person(rng)
        food = rng.choice(["apples", "pears", "eggs", "coins", "books", "nuts", "plums"])
        text += " " + tidy(G.expand(rng, rng.choice([
            f"{{name}} has {p} {food}. {{name2}} gives {{him}} {q} more. Now {{name}} has {p + q} {food}, because {p} plus {q} is {p + q}.",
            f"There were {p + q} {food} in the basket. {{name}} took {q} of them. Then there were {p} {food} left, because {p + q} minus {q} is {p}."]), b))
    return text


def cap(s):
    return s[0].upper() + s[1:]


def fact(rng):
    """One sentence of everyday knowledge."""
    r = rng.random()
    if r < .4:
        return rng.choice(F.MISC)[1]
    if r < .5:
        return rng.choice(F.TANDEM)
    k = rng.randint(0, 10)
    if k == 0:
        c, t = rng.choice(list(F.CAPITALS.items()))
        return rng.choice([f"The capital of {c} is {t}.", cap(f"{t} is the capital of {c}.")])
    if k == 1:
        a, b = rng.choice(F.OPPOSITES)
        if rng.random() < .5 and a != "old" and b != "short": a, b = b, a
        return rng.choice([f'The opposite of "{a}" is "{b}".', f"The opposite of {a} is {b}."])
    if k == 2:
        a, v, s = rng.choice(F.SOUNDS)
        return rng.choice([f"A {a} {v} and says {s}.", f"A {a} says {s}."])
    if k == 3:
        a, b = rng.choice(list(F.BABIES.items()))
        return rng.choice([f"A baby {a} is called a {b}.", f"A {b} is a young {a}."])
    if k == 4:
        a, n = rng.choice(list(F.LEGS.items()))
        return f"A {a} has {n} legs."
    if k == 5:
        t, c, w = rng.choice(F.COLOURS)
        return cap(f"{t} is {c} {w}".strip() + ".")
    if k == 6:
        s, n = rng.choice(list(F.SHAPES.items()))
        return f"A {s} has {n} sides."
    if k == 7:
        i = rng.randrange(7)
        return rng.choice([f"{F.DAYS[(i + 1) % 7]} comes after {F.DAYS[i]}.", f"{F.DAYS[i]} comes before {F.DAYS[(i + 1) % 7]}.",
                           f"{F.MONTHS[i]} is followed by {F.MONTHS[i + 1]}.", f"{F.MONTHS[i]} has {F.MONTH_DAYS[F.MONTHS[i]]} days."])
    if k == 8:
        j, d = rng.choice(F.JOBS)
        return f"A {j} {d}."
    if k == 9:
        t, u = rng.choice(F.USES)
        return rng.choice([f"We use {'' if t in ('scissors', 'soap') else 'a '}{t} {u}.", f"People use {'' if t in ('scissors', 'soap') else 'a '}{t} {u}."])
    c, xs = rng.choice(list(F.CATEGORIES.items()))
    x, y, z = rng.sample(xs, 3)
    return f"{cap(x)}, {y} and {z} are {c}."


def knowledge(rng):
    return tidy(" ".join(fact(rng) for _ in range(rng.randint(3, 7))))


def document(rng):
    r = rng.random()
    if r < .38: return story(rng)
    if r < .45: return story(rng, True)
    if r < .63: return description(rng)
    if r < .65: return poem(rng)
    if r < .83: return knowledge(rng)
    return sums(rng)


if __name__ == "__main__":  # python3 prose.py <documents> <seed>: two blank lines between documents
    rng = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        print(document(rng) + "\n\n")
