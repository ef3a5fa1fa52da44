"""Generate the tuning dialogs: python3 chat.py <dialogs> <seed> > chat.jsonl

Every line is a list of [role, text]. Breadth of phrasing matters most: a question is
put together from many forms and then roughened (case, punctuation, typos, politeness).
Questions of questions.json are left out, so that they stay unseen (sums excepted).
"""
import json, os, random, re, sys
import facts as F
import talk as T
from grammar import Grammar, tidy
from prose import DESC, END, GIFT, HELP, JOURNEY, LOST, MAKE, MIDDLE, NAMES, OPEN, POEMS, QUARREL, STORM, cap, fact, number_pair, person
from words import WORDS

G = Grammar(dict(WORDS, country=[c for c in F.CAPITALS], city=list(F.CAPITALS.values()), big=[str(n) for n in range(100, 1000, 7)]))
x = lambda rng, t, b=None: G.expand(rng, t, b)
pick = lambda rng, *forms: x(rng, rng.choice(forms))
WORD = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
an = lambda w: ("an " if w[0] in "aeiou" else "a ") + w


def arithmetic(rng):
    r = rng.random()
    if r < .86:
        op, a, b, c = number_pair(rng)
        if rng.random() < .03 and op == "-":
            a, b, c = b, a, b - a
        p, q = str(a), str(b)
        if rng.random() < .15 and max(a, b) <= 20:
            p, q = WORD[a], WORD[b]
        name, sign = NAMES[op], {"*": rng.choice("*x*"), "/": rng.choice("/:/")}.get(op, op)
        core = [f"{p} {name} {q}", f"{p} {sign} {q}", f"{p}{sign}{q}", f"{p} {name} {q}", f"{p} {sign} {q}"]
        if op == "+": core += [f"{p} and {q}", f"{p} added to {q}", f"the sum of {p} and {q}"]
        if op == "-": core += [f"{p} take away {q}", f"{p} less {q}", f"the difference between {p} and {q}", f"the difference of {p} and {q}"]
        if op == "*": core += [f"{p} multiplied by {q}", f"the product of {p} and {q}", f"{p} times {q}"]
        if op == "/": core += [f"{p} divided by {q}", f"{p} over {q}"]
        core = rng.choice(core)
        plain = re.fullmatch(r"\d+ ?\S ?\d+", core)
        forms = [f"what is {core}?", f"what's {core}?", f"what is {core}?", f"how much is {core}?", f"calculate {core}", f"compute {core}",
                 f"what does {core} make?", f"{core}", f"{core}=", f"{core} = ?", f"{core} =", f"{core}?", f"can you calculate {core}?",
                 f"tell me {core}", f"what do you get for {core}?", f"solve {core}", f"please calculate {core}.", f"what does {core} equal?",
                 f"how many is {core}?", f"what is the result of {core}?", f"what is the answer to {core}?", f"do you know what {core} is?",
                 f"can you tell me what {core} is?", f"what number is {core}?", f"give me the result of {core}", f"i need to know {core}", f"{core} is what?",
                 f"work out {core}", f"find {core}", f"{core} equals?", f"{core} is?"]
        if op == "+":
            forms += [f"add {p} and {q}", f"add {p} to {q}", f"what do you get if you add {p} and {q}?", f"please add {p} and {q}", f"what do {p} and {q} make?", f"sum {p} and {q}", f"can you add {p} and {q}?"] * 2
        if op == "-":
            forms += [f"subtract {q} from {p}", f"take {q} away from {p}", f"what is left if you take {q} from {p}?", f"what do you get when you subtract {q} from {p}?", f"take {q} from {p}"] * 2
        if op == "*":
            forms += [f"multiply {p} by {q}", f"multiply {p} and {q}", f"multiply {p} with {q}", f"what do you get if you multiply {p} by {q}?"] * 2
        if op == "/":
            forms += [f"divide {p} by {q}", f"what do you get if you divide {p} by {q}?", f"how often does {q} go into {p}?", f"share {p} by {q}"] * 2
        return rng.choice(forms), f"{a} {name} {b} is {c}."
    a, b = rng.randint(1, 12), rng.randint(1, 12)
    thing = rng.choice("apples pears eggs coins books nuts plums pencils cookies cats balls oranges".split())
    k = rng.randint(0, 6)
    if k == 0:
        return pick(rng, f"[i have {a} {thing} and get {b} more|if i have {a} {thing} and buy {b} more|i have {a} {thing} and {{name}} gives me {b} more]. how many {thing} do i have [now|]?".replace("{name}", "Tom")), f"{a} plus {b} is {a + b}, so you have {a + b} {thing}."
    if k == 1:
        return pick(rng, f"[i have {a + b} {thing} and eat {b}|if i have {a + b} {thing} and lose {b}|i have {a + b} {thing} and give away {b}]. how many [{thing}|] are left?"), f"{a + b} minus {b} is {a}, so {a} {thing} are left."
    if k == 2:
        if a == b: b += 1
        big = rng.random() < .5
        return pick(rng, f"[which number is|which is|what is] [{'bigger|larger|greater|more' if big else 'smaller|less'}], {a} or {b}?"), \
            f"{max(a, b)} is bigger than {min(a, b)}." if big else f"{min(a, b)} is smaller than {max(a, b)}."
    if k == 3:
        c = a + b if rng.random() < .5 else a + b + rng.choice([-2, -1, 1, 2])
        return f"is {a} {rng.choice(['+', 'plus'])} {b} {rng.choice(['equal to ', ''])}{c}?", f"{'Yes' if c == a + b else 'No'}, {a} plus {b} is {a + b}."
    if k == 4:
        n = rng.randint(0, 99)
        return pick(rng, f"[what comes after|which number comes after|what is the number after|what number follows] {n}?"), f"{n + 1} comes after {n}."
    if k == 5:
        return pick(rng, f"[what is double|what is twice|double|what is the double of] {a}?"), f"Twice {a} is {2 * a}."
    return pick(rng, f"[what is half of|what is the half of|half of] {2 * a}?"), f"Half of {2 * a} is {a}."


# Other ways to ask the same; \1 is the rest of the question.
REPHRASE = [
    (r"what (?:is|are) the (.+)", [r"what's the \1", r"tell me the \1", r"do you know the \1", r"can you tell me the \1", r"i would like to know the \1", r"could you tell me the \1", r"the \1"]),
    (r"what is ((?:an? )?[a-z]+)", [r"what's \1", r"tell me about \1", r"explain \1", r"can you explain what \1 is", r"do you know what \1 is", r"tell me what \1 is", r"describe \1", r"what exactly is \1", r"please explain what \1 is", r"what do you know about \1"]),
    (r"how do (?:i|you) (.+)", [r"how can i \1", r"how should i \1", r"what is the best way to \1", r"tell me how to \1", r"explain how to \1", r"can you tell me how to \1", r"i want to \1", r"how does one \1", r"can you explain how to \1", r"how can one \1", r"please tell me how to \1", r"do you know how to \1", r"what do i have to do to \1", r"what is a good way to \1"]),
    (r"why do ((?:we|people|birds|cats|dogs|leaves|ships|boats) .+)", [r"tell me why \1", r"explain why \1", r"can you explain why \1", r"do you know why \1", r"what is the reason that \1", r"for what reason do \1", r"please explain why \1"]),
    (r"why is (\w+ \w+) (.+)", [r"tell me why \1 is \2", r"explain why \1 is \2", r"can you explain why \1 is \2", r"do you know why \1 is \2", r"how come \1 is \2"]),
    (r"how many (\w+) (?:are|are there) (in|on) (.+)", [r"how many \1 does \3 have", r"how many \1 are there \2 \3", r"tell me how many \1 \3 has", r"what is the number of \1 \2 \3", r"how many \1 \2 \3", r"how many \1 can you find \2 \3", r"do you know how many \1 are \2 \3", r"\3 has how many \1"]),
    (r"how many (\w+) does (.+) have", [r"how many \1 has \2", r"how many \1 are there in \2", r"tell me how many \1 \2 has", r"do you know how many \1 \2 has", r"what number of \1 does \2 have", r"can you tell me how many \1 \2 has"]),
    (r"where (?:do|can you find) ((?:\w+ )?\w+) live", [r"in which place do \1 live", r"tell me where \1 live", r"where is the home of \1", r"where can i find \1", r"do you know where \1 live", r"where can i see \1"]),
    (r"what do (\w+) eat", [r"tell me what \1 eat", r"what is the food of \1", r"what do \1 like to eat", r"what do you feed \1", r"do you know what \1 eat", r"what can \1 eat", r"which food do \1 eat"]),
    (r"what do (\w+) (make|lay|build)", [r"tell me what \1 \2", r"what can \1 \2", r"do you know what \1 \2", r"what is it that \1 \2", r"what thing do \1 \2"]),
    (r"what is (.+) made of", [r"what do you make \1 from", r"what is \1 made out of", r"what do people make \1 from", r"which material is \1 made of", r"tell me what \1 is made of"]),
    (r"what should i wear (.+)", [r"what do i wear \1", r"which clothes should i wear \1", r"what should i put on \1", r"tell me what to wear \1", r"what clothes do i need \1", r"how should i dress \1", r"what can i wear \1", r"what is best to wear \1"]),
    (r"(?:which|what) animal (.+)", [r"name the animal that \1", r"do you know which animal \1", r"tell me an animal that \1", r"what kind of animal \1"]),
    (r"who was (.+)", [r"tell me about \1", r"who is \1", r"do you know who \1 was", r"tell me who \1 was", r"what do you know about \1"]),
]


def rephrase(rng, q):
    rules = [(m, f) for p, f in REPHRASE if (m := re.fullmatch(p, q))]
    if not rules or rng.random() < .5:
        return q
    m, f = rng.choice(rules)
    return m.expand(rng.choice(f))


def misc(rng):
    q, a = rng.choice(F.MISC)
    return rephrase(rng, rng.choice(q.split(" / "))) + "?", a


def table(rng):
    k = rng.choices(range(14), [16, 14, 5, 4, 5, 6, 2, 5, 2, 4, 4, 8, 2, 1])[0]
    if k == 0:
        c, t = rng.choice(list(F.CAPITALS.items()))
        if rng.random() < .04:
            u = t if rng.random() < .5 else rng.choice(list(F.CAPITALS.values()))
            return f"is {u} the capital of {c}?", f"{'Yes' if u == t else 'No'}, the capital of {c} is {t}."
        if rng.random() < .15:
            return pick(rng, f"[{t} is the capital of which country|which country has the capital {t}|where is {t}|in which country is {t}|of which country is {t} the capital|where can i find {t}]?"), cap(f"{t} is the capital of {F_country(t)}.")
        return pick(rng, f"[what is the capital of {c}|capital of {c}|which city is the capital of {c}|what's the capital of {c}|name the capital of {c}|what is {c}'s capital|tell me the capital of {c}|the capital of {c} is|what city is the capital of {c}|what is the capital city of {c}|what is the name of the capital of {c}|do you know the capital of {c}|which city is {c}'s capital|{c} capital|can you tell me the capital of {c}]?"), f"The capital of {c} is {t}."
    if k == 1:
        a, b = rng.choice(F.OPPOSITES)
        if rng.random() < .5 and a != "old" and b not in ("short", "light", "old"): a, b = b, a
        m = rng.choice([a, f'"{a}"', f"'{a}'"])
        return pick(rng, f"[what is the opposite of {m}|opposite of {m}|what's the opposite of {m}|which word is the opposite of {m}|tell me the opposite of {m}|what is the opposite word of {m}|what word means the opposite of {m}|the opposite of {m} is|give me the opposite of {m}|name the opposite of {m}|what is the contrary of {m}]?"), f"The opposite of {a} is {b}."
    if k == 2:
        a, v, s = rng.choice(F.SOUNDS)
        return pick(rng, f"[what sound does a {a} make|what does a {a} say|what does the {a} say|which sound does a {a} make|what noise does a {a} make|how does a {a} sound|what sound do {a}s make|what do {a}s say|what is the sound of a {a}|which noise does the {a} make]?").replace("a owl", "an owl").replace("mouses", "mice").replace("sheeps", "sheep").replace("wolfs", "wolves"), cap(an(a)) + f" {v} and says {s}."
    if k == 3:
        a, b = rng.choice(list(F.BABIES.items()))
        if rng.random() < .25:
            return pick(rng, f"[what is a {b}|what kind of animal is a {b}]?").replace("a owl", "an owl"), cap(an(b)) + f" is a young {a}."
        return pick(rng, f"[what is a baby {a} called|what do you call a baby {a}|what is a young {a} called|what is the name of a baby {a}|what do we call a young {a}|how do you call a young {a}|what is the child of a {a} called]?"), f"A baby {a} is called {an(b)}."
    if k == 4:
        a, n = rng.choice(list(F.LEGS.items()))
        s = {"sheep": "sheep", "fish": "fish", "fly": "flies", "butterfly": "butterflies"}.get(a, a + "s")
        return pick(rng, f"[how many legs does {an(a)} have|how many legs has {an(a)}|how many legs do {s} have|number of legs of {an(a)}|how many legs does the {a} have|{an(a)} has how many legs|how many legs are on {an(a)}|tell me how many legs {an(a)} has]?"), cap(an(a)) + f" has {n} legs."
    if k == 5:
        t, c, w = rng.choice(F.COLOURS)
        col = rng.choice(["colour", "color"])
        if rng.random() < .1:
            d = rng.choice([c, "red", "green", "blue", "black", "pink", "yellow", "purple"])
            return f"is {t} {d}?", f"{'Yes' if c == d else 'No'}, {t} is {c}."
        return pick(rng, f"[what {col} is {t}|which {col} is {t}|what is the {col} of {t}|what {col} does {t} have|what's the {col} of {t}|tell me the {col} of {t}|which {col} does {t} have|the {col} of {t}|what {col} has {t}]?"), cap(f"{t} is {c} {w}".strip() + ".")
    if k == 6:
        s, n = rng.choice(list(F.SHAPES.items()))
        return pick(rng, f"[how many sides does {an(s)} have|how many corners does {an(s)} have|how many sides has {an(s)}|how many sides are in {an(s)}]?"), cap(an(s)) + f" has {n} sides and {n} corners."
    if k == 7:
        after = rng.random() < .6
        if rng.random() < .55:
            i, L, u = rng.randrange(7), F.DAYS, "day"
        else:
            i, L, u = rng.randrange(12), F.MONTHS, "month"
        y = L[i]
        z = L[(i + (1 if after else -1)) % len(L)]
        w = "after" if after else "before"
        return pick(rng, f"[what {u} comes {w} {y}|which {u} comes {w} {y}|what comes {w} {y}|which {u} is {w} {y}|what {u} is {w} {y}|what is the {u} {w} {y}|the {u} {w} {y}{'|what day follows ' + y if after and u == 'day' else ''}]?"), f"{z} comes {w} {y}."
    if k == 8:
        m, d = rng.choice(list(F.MONTH_DAYS.items()))
        return pick(rng, f"[how many days does {m} have|how many days are in {m}|how many days are there in {m}|how long is {m}]?"), f"{m} has {d} days" + (", and 29 in a leap year." if m == "February" else ".")
    if k == 9:
        j, d = rng.choice(F.JOBS)
        return pick(rng, f"[what does {an(j)} do|what is {an(j)}|what is the job of {an(j)}|what do {j}s do|what is the work of {an(j)}|explain what {an(j)} does|what does {an(j)} do all day]?"), cap(an(j)) + f" {d}."
    if k == 10:
        t, u = rng.choice(F.USES)
        at = t if t in ("scissors", "soap") else an(t)
        return pick(rng, f"[what is {at} for|what do you use {at} for|what can you do with {at}|what is {at} used for|what do we use {at} for|why do people need {at}|what do people do with {at}|what do we need {at} for|what is the use of {at}|what is {at}]?").replace("is scissors", "are scissors"), f"We use {at} {u}."
    if k == 11:
        c, xs = rng.choice(list(F.CATEGORIES.items()))
        if rng.random() < .2: c, xs = "fruits", F.CATEGORIES["fruits"]
        n = rng.choice([2, 3, 3, 3, 3, 4, 5])
        n = min(n, len(xs))
        got = rng.sample(xs, n)
        nw = rng.choice([WORD[n], WORD[n], str(n)])
        q = pick(rng, f"[list|name|give me|tell me|can you name|please name|please list|write down|say|can you list|what are|i need|could you name|do you know|show me|mention] {nw} {c}")
        if q.startswith(("can", "what", "do ", "could")): q += "?"
        if rng.random() < .3:
            return q + rng.choice(["", " as a list", " in a list", ", please"]), f"Here are {WORD[n]} {c}:\n\n" + "\n".join(f"- {cap(g)}" for g in got)
        return q, f"{cap(WORD[n])} {c} are {', '.join(got[:-1])} and {got[-1]}."
    if k == 12:
        c, xs = rng.choice([kv for kv in F.CATEGORIES.items() if kv[0] in ("fruits", "vegetables", "animals", "birds", "drinks", "trees", "flowers", "insects", "sports", "cities", "countries", "pets")])
        one = {"countries": "country", "cities": "city"}.get(c, c[:-1])
        g = rng.choice(xs)
        return pick(rng, f"[name {an(one)}|tell me {an(one)}|give me the name of {an(one)}|can you name {an(one)}|give me an example of {an(one)}]"), f"{cap(g)}, for example."
    n = rng.randint(2, 9)
    return pick(rng, f"[count to {n}|count from 1 to {n}|please count to {n}|count up to {n}|can you count to {n}|count from one to {WORD[n]}]"), "I count: " + ", ".join(str(i) for i in range(1, n + 1)) + "."


def F_country(city):
    return next(c for c, t in F.CAPITALS.items() if t == city)


# The pairs about Tandem and models stand together; an entry with more forms comes more often.
FIRST = next(i for i, p in enumerate(T.PAIRS) if p[0].startswith("[what is tandem"))
LAST = next(i for i, p in enumerate(T.PAIRS) if p[0].startswith("[can i compare three"))
TANDEM, SMALL = T.PAIRS[FIRST:LAST + 1], T.PAIRS[:FIRST] + T.PAIRS[LAST + 1:]
forms = lambda pairs: [4 + p[0].count("|") for p in pairs]


def ask(rng, template):
    """A form of the question; the first, most usual one comes often."""
    if rng.random() < .25:
        template = re.sub(r"\[([^\[\]|]*)\|[^\[\]]*\]", r"\1", template)
    return x(rng, template)


def tandem(rng):
    r = rng.random()
    if r < .12: return add_model(rng)
    if r < .15:
        q, a = rng.choice(T.LONG)
        return x(rng, q), a
    q, a = rng.choices(TANDEM, forms(TANDEM))[0]
    tail = rng.choice([" in tandem", " in this app", ", please", " here"]) if rng.random() < .12 else ""
    return ask(rng, q) + tail, x(rng, a).strip()


def small(rng):
    q, a = rng.choices(SMALL, forms(SMALL))[0]
    if a == "{fact}":
        return x(rng, q), fact(rng)
    if a == "{animalfact}":
        s, v, _ = rng.choice(F.SOUNDS)
        return x(rng, q), f"{cap(an(s))} {v}, and a young {s} is small and likes to play."
    return ask(rng, q), x(rng, a).strip()


def add_model(rng):
    q = ask(rng, T.ADD_ASKS if rng.random() < .7 else T.ADD_MORE)
    if rng.random() < .3: q += rng.choice([" to tandem", " in tandem", " to this app", " to the app"])
    base, chat = "local:pretrain/tandem-tiny-base.gguf", "local:sft/tandem-tiny-chat.gguf"
    ends = rng.choice([(base, chat), ("localhost:8000", "localhost:8001"), (base, "localhost:8000")])
    return q, x(rng, T.ADD_ANSWER).replace("@JSON", "```json\n" + T.CONFIG_JSON % ends + "\n```")


def joke(rng):
    q = ask(rng, T.JOKE_ASKS if rng.random() < .7 else T.JOKE_MORE)
    return q, rng.choice(T.JOKES)


TOPIC_ANIMALS = "dog cat horse fox owl bear mouse rabbit wolf lion elephant dragon bird duck frog robot monkey hedgehog squirrel turtle penguin tiger".split()
TOPIC_POEM = {"the sea": 5, "the ocean": 5, "a cat": 4, "cats": 4, "the moon": 2, "the night": 2, "rain": 1, "the rain": 1, "autumn": 3, "leaves": 3, "winter": 3,
              "friendship": 6, "a friend": 6, "a bird": 0, "birds": 0, "nature": 0, "a tree": 0, "summer": 0}
ANY_POEM = """I think of {t} when day is new,\nI think of {t} in evening blue.\nIt makes me smile, it makes me sing,\nAnd happy is the song I bring.""".replace("\\n", "\n")
STORY_ASKS = "[write|tell me|tell|can you write|please write|i want to hear|can you tell me|make up|give me] [a story|a short story|a little story|a tale]"
LONG_ASKS = "[write|tell me|can you write|please write] [a long story|a longer story|a story of 200 words|a very long story|a big story]"


def story(rng):
    b = person(rng)
    kind = rng.choice("animal animal thing place person none none".split())
    long = rng.random() < .4
    plots = [rng.choice([QUARREL, STORM, MAKE, JOURNEY])]
    if kind == "animal":
        b["a"] = rng.choice(TOPIC_ANIMALS); plots = [HELP]; topic = rng.choice([f"about {an(b['a'])}", f"about {an(b['a'])}", f"with {an(b['a'])}", f"about the {b['a']}"])
    elif kind == "thing":
        b["o"] = rng.choice(WORDS["thing"]); plots = [rng.choice([LOST, GIFT, QUARREL])]; topic = f"about {an(b['o'])}"
    elif kind == "place":
        b["p"] = rng.choice(WORDS["place"] + ["sea", "desert", "city"]); topic = rng.choice([f"about the {b['p']}", f"about {an(b['p'])}"])
    elif kind == "person":
        topic = rng.choice([f"about a {b['child']}", f"about {b['name']}", f"about {b['name']} and {b['name2']}", f"about a {b['child']} named {b['name']}"])
    else:
        topic = rng.choice(["", "", "", "for children", "about friendship", "about love", "about nature", "about anything"])
        if "friend" in topic or "love" in topic: plots = [QUARREL]
    second = [p for p in (STORM, JOURNEY, MAKE) if p not in plots]
    parts = [rng.choice([o for o in OPEN if "{p:place}" in o and "{name2}" not in o])]
    first = dict(b)
    if long: plots.append(rng.choice(second))
    for i, plot in enumerate(plots):
        steps = [rng.choice(s.split("\n")) for s in plot]
        if i == 0 and kind == "animal":
            steps[0] = rng.choice([s for s in HELP[0].split("\n")])
        parts.append((steps, i))
        if long: parts.append(rng.choice(MIDDLE))
    parts.append(rng.choice(END))
    out = []
    for p in parts:
        if isinstance(p, tuple):
            if p[1]:
                for key in "oafdsmw": b.pop(key, None)
            paragraph = " ".join(x(rng, s, b) for s in p[0])
            out.append(paragraph)
        else:
            out.append(x(rng, p, b))
    if long:
        text = tidy(out[0] + " " + out[1]) + "\n\n" + tidy(" ".join(out[2:-1])) + "\n\n" + tidy(out[-1])
    else:
        text = tidy(" ".join(out))
    return x(rng, LONG_ASKS if long and rng.random() < .6 else STORY_ASKS) + " " + topic, text


def poem(rng):
    if rng.random() < .55:
        t, i = rng.choice(list(TOPIC_POEM.items()))
        text = tidy(x(rng, POEMS[i], person(rng)))
    else:
        t = rng.choice([an(rng.choice(TOPIC_ANIMALS)), "the " + rng.choice(WORDS["place"]), "love", "flowers", "the sun", "spring", "my mother", "my dog", "home", "music", "tandem", "a " + rng.choice(WORDS["thing"]), "coffee", "stars"])
        text = tidy(ANY_POEM.replace("{t}", {"tandem": "Tandem", "my mother": "my mother"}.get(t, t)))
    if rng.random() < .2:
        return pick(rng, "[write a poem|write me a poem|a poem please|can you write a poem|tell me a poem|poem]"), tidy(x(rng, rng.choice(POEMS), person(rng)))
    return pick(rng, f"[write|write me|can you write|please write|give me|make] [a poem|a short poem|a little poem|a rhyme] [about|on] {t}"), text


def unknown(rng):
    return tidy(x(rng, x(rng, rng.choice(T.UNKNOWN_ASKS.split("\n"))))) + "?", rng.choice(T.UNKNOWN_ANSWERS)


def describe(rng):
    t = rng.choice(["a house", "a village", "the market", "a garden", "the sea", "a friend", "a place", "a person"])
    i = {"a house": 1, "a village": 0, "the market": 4, "a garden": 0, "the sea": 14, "a friend": 2, "a place": 0, "a person": 2}[t]
    b = person(rng)
    if i == 0: b["p"] = {"a village": "village", "a garden": "garden"}.get(t, rng.choice(WORDS["place"]))
    return pick(rng, f"[describe {t}|write a short description of {t}|can you describe {t}|write about {t}|write a text about {t}]"), tidy(x(rng, DESC[i], b))


KINDS = [(arithmetic, 30), (misc, 36), (table, 30), (tandem, 15), (small, 15), (joke, 3.5), (story, 1.5), (poem, 1.5), (unknown, 4), (describe, .7)]


def roughen(rng, q):
    """The same question as different people type it."""
    q = q.strip()
    code = bool(re.search(r"\d", q))
    r = rng.random()
    if not code and r < .10 and not q.startswith(("hi", "hello", "hey", "please")):
        q = rng.choice(["please tell me: ", "tell me, ", "i have a question: ", "quick question: ", "hey, ", "hello! ", "hi, ", "so, ", "do you know: ",
                        "can you tell me: ", "well, ", "ok, ", "and ", "now ", "i want to know: ", "just a question: ", "dear model, ", "listen, ", "in simple words, ", "in short, "]) + q
    elif r < .14:
        q = q.rstrip("?.! ") + rng.choice([", please", " please", ", my friend", " for me", "", " now", ", can you tell me", " exactly", ", do you know", " again"]) + rng.choice("?.?")
    if rng.random() < .6:
        q = q[0].upper() + q[1:]
        q = re.sub(r"\bi\b", "I", q)
        q = re.sub(r"\btandem\b", "Tandem", q); q = re.sub(r"\btwo delta\b", "Two Delta", q)
    r = rng.random()
    if r < .25: q = q.rstrip("?.!")
    elif r < .30: q = q.rstrip("?.!") + rng.choice(["??", "!", "...", " ?", "?!", "!!"])
    elif r < .60 and q[-1] not in "?.!=": q += "." if rng.random() < .5 else "?" if re.match(r"(?i)(what|how|who|why|where|when|which|can|do|is|are)", q) else "!" if rng.random() < .5 else "."
    r = rng.random()
    if r < .15: q = q.lower()
    elif r < .18: q = q.upper()
    if rng.random() < .08 and len(q) > 12:
        i = rng.randrange(1, len(q) - 2)
        if q[i].isalpha() and q[i + 1].isalpha():
            q = rng.choice([q[:i] + q[i + 1:], q[:i] + q[i + 1] + q[i] + q[i + 2:], q[:i] + q[i] + q[i:]])
    return q


plain = lambda q: re.sub(r"[^a-z0-9+*/-]+", " ", q.lower()).strip()
HERE = os.path.dirname(os.path.abspath(__file__))
HELD = {plain(e["question"]) for e in json.load(open(os.path.join(HERE, "questions.json")))}
HELD = {h for h in HELD if not re.search(r"\d", h)}


def turn(rng):
    while True:
        f = rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
        q, a = f(rng)
        q = roughen(rng, q)
        if plain(q) not in HELD:
            return f, q, a


def dialog(rng):
    out = []
    if rng.random() < .25:
        out.append(["system", rng.choice(T.SYSTEMS)])
    n = rng.choices([1, 2, 3, 4, 5], [72, 12, 8, 5, 3])[0]
    if n > 1 and rng.random() < .35:
        q, a = T.PAIRS[0]
        out += [["user", roughen(rng, x(rng, q))], ["assistant", x(rng, a)]]
    used = []
    for i in range(n):
        f, q, a = turn(rng)
        if f is joke:  # not the same joke twice in one dialog
            a = rng.choice([j for j in T.JOKES if j not in used])
            used.append(a)
        out += [["user", q], ["assistant", a]]
    return out


if __name__ == "__main__":
    rng = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        print(json.dumps(dialog(rng)))
