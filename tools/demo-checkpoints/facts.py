"""Everyday knowledge as tables; the prose and the chat generators both read it."""

CAPITALS = dict(p.split(":") for p in """France:Paris;Germany:Berlin;Italy:Rome;Spain:Madrid;Portugal:Lisbon;England:London;the United Kingdom:London;Ireland:Dublin;Scotland:Edinburgh;Austria:Vienna;Switzerland:Bern;Belgium:Brussels;the Netherlands:Amsterdam;Denmark:Copenhagen;Sweden:Stockholm;Norway:Oslo;Finland:Helsinki;Poland:Warsaw;Greece:Athens;Hungary:Budapest;Russia:Moscow;Ukraine:Kyiv;Turkey:Ankara;Egypt:Cairo;Kenya:Nairobi;Japan:Tokyo;China:Beijing;India:New Delhi;South Korea:Seoul;Australia:Canberra;New Zealand:Wellington;Canada:Ottawa;the United States:Washington;Mexico:Mexico City;Brazil:Brasilia;Argentina:Buenos Aires;Peru:Lima;Chile:Santiago;Cuba:Havana;Iceland:Reykjavik;Romania:Bucharest;the Czech Republic:Prague;Croatia:Zagreb;Thailand:Bangkok;Vietnam:Hanoi""".split(";"))

OPPOSITES = [p.split(":") for p in """hot:cold;big:small;tall:short;fast:slow;up:down;left:right;happy:sad;day:night;light:dark;old:young;new:old;hard:soft;heavy:light;loud:quiet;rich:poor;wet:dry;clean:dirty;full:empty;open:closed;early:late;long:short;high:low;strong:weak;good:bad;easy:difficult;near:far;inside:outside;thick:thin;wide:narrow;deep:shallow;sweet:bitter;true:false;hello:goodbye;yes:no;push:pull;start:stop;win:lose;buy:sell;begin:end;love:hate;laugh:cry;awake:asleep;black:white;north:south;east:west;summer:winter;first:last;always:never;front:back;warm:cool;smooth:rough;brave:afraid;in:out;on:off;over:under;above:below;before:after;alive:dead;friend:enemy;question:answer""".split(";")]

SOUNDS = [p.split(":") for p in """dog:barks:woof;cat:meows:meow;cow:moos:moo;sheep:bleats:baa;pig:oinks:oink;horse:neighs:neigh;duck:quacks:quack;lion:roars:roar;bee:buzzes:buzz;snake:hisses:hiss;frog:croaks:croak;owl:hoots:hoot;rooster:crows:cock-a-doodle-doo;mouse:squeaks:squeak;wolf:howls:howl;bird:sings:tweet;donkey:brays:hee-haw;hen:clucks:cluck;goat:bleats:maa""".split(";")]

BABIES = dict(p.split(":") for p in """dog:puppy;cat:kitten;cow:calf;sheep:lamb;horse:foal;pig:piglet;duck:duckling;hen:chick;lion:cub;bear:cub;goat:kid;frog:tadpole;deer:fawn;goose:gosling;kangaroo:joey;swan:cygnet;owl:owlet""".split(";"))

LEGS = dict(spider="eight", dog="four", cat="four", horse="four", cow="four", bird="two", ant="six", bee="six", fly="six", butterfly="six", insect="six", chicken="two", duck="two", human="two", snake="no", fish="no", frog="four", elephant="four", table="four", octopus="no")

COLOURS = [p.split(":") for p in """the sky:blue:on a clear day;grass:green:;snow:white:;coal:black:;a banana:yellow:when it is ripe;a lemon:yellow:;a carrot:orange:;an orange:orange:;a tomato:red:when it is ripe;a strawberry:red:;blood:red:;milk:white:;the sea:blue:on a sunny day;a leaf:green:in spring and summer;the sun:yellow:when we look at it from the ground;a cucumber:green:;chocolate:brown:;an elephant:grey:;a polar bear:white:;a fire engine:red:;a flamingo:pink:;a plum:purple:;the night sky:black:;a crow:black:;a frog:green:;salt:white:""".split(";")]

SHAPES = dict(triangle="three", square="four", rectangle="four", pentagon="five", hexagon="six", octagon="eight")

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
MONTH_DAYS = dict(zip(MONTHS, (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)))
SEASONS = ["spring", "summer", "autumn", "winter"]

CATEGORIES = {
    "fruits": "apples pears bananas cherries oranges grapes plums strawberries peaches lemons melons".split(),
    "vegetables": "carrots potatoes onions beans peas cabbage tomatoes spinach leeks pumpkins".split(),
    "animals": "dogs cats horses cows elephants rabbits foxes bears wolves mice".split(),
    "farm animals": "cows sheep pigs goats hens horses ducks".split(),
    "birds": "robins owls ducks eagles swans sparrows crows parrots".split(),
    "colours": "red blue green yellow orange purple brown white black pink".split(),
    "drinks": "water tea milk coffee juice lemonade".split(),
    "trees": "oaks pines birches maples willows".split(),
    "flowers": "roses tulips daisies lilies sunflowers violets".split(),
    "insects": "ants bees flies butterflies beetles".split(),
    "sports": "football tennis swimming running cycling basketball".split(),
    "musical instruments": "the piano,the guitar,the violin,the drum,the flute,the trumpet".split(","),
    "vehicles": "cars buses trains bicycles boats trucks planes".split(),
    "countries": "France Italy Spain Japan Canada Brazil Egypt India".split(),
    "cities": "Paris London Rome Tokyo Berlin Madrid Vienna".split(),
    "planets": "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split(),
    "pets": "dogs cats hamsters goldfish rabbits parrots".split(),
    "tools": "a hammer,a saw,a screwdriver,a spade,a ladder".split(","),
    "clothes": "shirts trousers socks coats hats scarves gloves shoes".split(),
    "kitchen things": "a pot,a pan,a spoon,a knife,a plate,a bowl".split(","),
    "shapes": "a circle,a square,a triangle,a rectangle,a star".split(","),
    "rooms": "the kitchen,the bedroom,the bathroom,the living room,the hall".split(","),
    "jobs": "a teacher,a doctor,a baker,a farmer,a pilot,a nurse,a builder".split(","),
    "school subjects": "reading writing mathematics history music art science".split(),
    "seas and oceans": "the Atlantic,the Pacific,the Indian Ocean,the Baltic Sea".split(","),
    "breakfast foods": "bread eggs porridge fruit pancakes yogurt".split(),
}

# job: what the person does
JOBS = [p.split(":") for p in """baker:bakes bread and cakes;teacher:helps people learn at school;doctor:helps sick people get well;nurse:looks after sick people;farmer:grows food and keeps animals;pilot:flies planes;sailor:works on a ship;gardener:looks after plants and flowers;cook:prepares meals;carpenter:makes things out of wood;builder:builds houses;plumber:repairs pipes and taps;tailor:makes and mends clothes;dentist:looks after our teeth;vet:takes care of sick animals;firefighter:puts out fires;police officer:keeps people safe;postman:brings letters and parcels;librarian:takes care of books in a library;fisherman:catches fish;painter:paints walls or pictures;writer:writes books;musician:plays music;scientist:studies how the world works;programmer:writes programs for computers;mechanic:repairs cars;hairdresser:cuts hair;shepherd:looks after sheep;judge:decides cases in court;astronaut:travels into space""".split(";")]

# thing: what it is used for
USES = [p.split(":") for p in """hammer:to drive nails into wood;saw:to cut wood;knife:to cut food;spoon:to eat soup;fork:to eat food;cup:to drink from;umbrella:to stay dry in the rain;key:to open a lock;pen:to write;pencil:to write and draw;ruler:to measure and draw straight lines;clock:to tell the time;watch:to tell the time;lamp:to make light;candle:to make light;bed:to sleep in;chair:to sit on;broom:to sweep the floor;towel:to dry ourselves;soap:to wash our hands;toothbrush:to clean our teeth;map:to find the way;compass:to find north;thermometer:to measure temperature;telescope:to look at the stars;microscope:to see very small things;needle:to sew clothes;scissors:to cut paper;ladder:to climb up high;bucket:to carry water;fridge:to keep food cold;oven:to bake bread and cakes;kettle:to boil water;camera:to take pictures;phone:to talk to people far away;computer:to write, calculate and learn;bicycle:to ride from place to place;boat:to travel on water;wallet:to carry money;mirror:to see ourselves;pillow:to rest our head;blanket:to keep warm in bed;comb:to tidy our hair;net:to catch fish;bell:to call people;dictionary:to look up words;calendar:to see what day it is""".split(";")]

# Single facts: question stem forms, then the sentence. The sentence alone is used in prose.
MISC = [l.strip().split(" => ") for l in """
what do bees make / what do bees produce / what food do bees make / what does a bee make / what do honeybees produce / which food comes from bees / what is made by bees => Bees make honey from the nectar of flowers.
what do cows give us / what do we get from cows / where does milk come from / which animal gives us milk => Milk comes from cows, and we also make butter and cheese from it.
what do hens lay / where do eggs come from / which animal lays eggs for breakfast => Hens lay eggs.
what do spiders make / what does a spider spin / how does a spider catch flies => A spider spins a web and uses it to catch flies.
what do birds build / where do birds live / where do birds lay their eggs => Birds build nests and lay their eggs in them.
where do fish live / what do fish live in / where can you find fish => Fish live in water, in rivers, lakes and the sea.
where do bears sleep in winter / what do bears do in winter => Many bears sleep through the winter in a den.
where does a dog sleep / where do dogs live => A dog often lives with a family and sleeps in a basket or a kennel.
what do cows eat / what does a cow eat / what do horses eat / what do sheep eat => Cows, horses and sheep eat grass.
what do cats eat / what does a cat eat / what do cats like to eat => Cats eat meat and fish, and they like to drink water.
what do rabbits eat / what does a rabbit eat => Rabbits eat grass, leaves and carrots.
what do dogs eat / what does a dog eat => Dogs eat meat and dog food, and they love a bone.
what do pandas eat / what does a panda eat => Pandas eat bamboo.
what do monkeys eat / what does a monkey like => Monkeys eat fruit, leaves and nuts.
what do squirrels eat / what do squirrels collect => Squirrels eat nuts and seeds and hide some of them for the winter.
what is the largest animal / what is the biggest animal in the world / which animal is the largest => The blue whale is the largest animal in the world.
what is the tallest animal / which animal is the tallest / which animal has a long neck => The giraffe is the tallest animal, because it has a very long neck.
what is the fastest animal / which animal runs fastest / what is the fastest land animal => The cheetah is the fastest animal on land.
which animal has a trunk / what animal has a trunk / what is the largest land animal / what is the biggest land animal => The elephant has a trunk, and it is the largest animal on land.
which animal has black and white stripes / what animal has stripes => The zebra has black and white stripes.
which bird cannot fly / can penguins fly / can a penguin fly / name a bird that cannot fly => A penguin is a bird that cannot fly, but it swims very well.
can fish fly / do fish fly => Most fish cannot fly, because they live in water and swim.
can dogs fly / can cats fly / can a pig fly / can pigs fly / do pigs fly => No, it cannot fly, because it has no wings.
who is the king of the animals / which animal is the king of the jungle => The lion is often called the king of the animals.
how many days are in a week / how many days are there in a week / how many days does a week have / number of days in a week / a week has how many days / how long is a week => A week has seven days.
name the days of the week / what are the days of the week / list the days of the week / tell me the days of the week => The days of the week are Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday.
how many months are in a year / how many months are there in a year / how many months does a year have / number of months in a year => A year has twelve months.
name the months / what are the months of the year / list the months of the year => The months are January, February, March, April, May, June, July, August, September, October, November and December.
how many days are in a year / how many days are there in a year / how many days does a year have / how long is a year => A year has 365 days, and a leap year has 366 days.
how many weeks are in a year / how many weeks does a year have / how many weeks are there in a year => A year has 52 weeks.
how many hours are in a day / how many hours are there in a day / how many hours does a day have / how long is a day => A day has 24 hours.
how many minutes are in an hour / how many minutes are there in an hour / how many minutes does an hour have / how long is an hour => An hour has 60 minutes.
how many seconds are in a minute / how many seconds are there in a minute / how many seconds does a minute have / how long is a minute => A minute has 60 seconds.
how many seasons are there / how many seasons are in a year / how many seasons does a year have => A year has four seasons.
what are the four seasons / name the seasons / list the seasons / what are the seasons of the year => The four seasons are spring, summer, autumn and winter.
what is the hottest season / which season is the warmest / when is it hot / which season is hot => Summer is the warmest season.
what is the coldest season / which season is the coldest / when does it snow / which season is cold => Winter is the coldest season, and it often snows.
when do leaves fall / in which season do leaves fall / when do the leaves turn red => The leaves turn yellow and red and fall in autumn.
when do flowers bloom / when do the flowers grow / what happens in spring => In spring the days grow warmer and the flowers bloom.
what is the first month / which month is the first of the year / what month does the year start with => January is the first month of the year.
what is the last month / which month is the last of the year / in which month is christmas / when is christmas => December is the last month of the year, and Christmas is in December.
which month is the shortest / what is the shortest month => February is the shortest month, with 28 or 29 days.
how many fingers do you have on one hand / how many fingers are on a hand / how many fingers does a hand have / how many fingers on one hand => A hand has five fingers.
how many fingers do people have / how many fingers do we have / how many fingers does a person have => A person has ten fingers, five on each hand.
how many eyes does a person have / how many eyes do we have / how many eyes do people have / how many ears does a person have => A person has two eyes and two ears.
how many toes do we have / how many toes does a person have => A person has ten toes.
how many teeth does an adult have / how many teeth do people have => An adult usually has 32 teeth.
how many wheels does a car have / how many wheels are on a car => A car has four wheels.
how many wheels does a bicycle have / how many wheels does a bike have / how many wheels are on a bicycle => A bicycle has two wheels.
how many wheels does a tricycle have => A tricycle has three wheels.
how many letters are in the alphabet / how many letters does the alphabet have / how many letters are there in the english alphabet => The English alphabet has 26 letters.
what is the first letter of the alphabet / which letter comes first => The first letter of the alphabet is A.
what is the last letter of the alphabet / which letter comes last => The last letter of the alphabet is Z.
how many planets are there / how many planets are in the solar system / how many planets does the sun have => There are eight planets in the solar system.
what is the largest planet / what is the biggest planet / which planet is the biggest => Jupiter is the largest planet in the solar system.
which planet do we live on / what planet do we live on / what is the name of our planet => We live on the planet Earth.
which planet is red / what is the red planet => Mars is called the red planet.
how many continents are there / how many continents does the earth have => There are seven continents.
what is the largest ocean / which ocean is the biggest / what is the biggest ocean => The Pacific is the largest ocean.
what is the highest mountain / what is the tallest mountain / which mountain is the highest in the world => Mount Everest is the highest mountain in the world.
what is the longest river / which river is the longest => The Nile is often called the longest river in the world.
what is the largest country / what is the biggest country / which country is the largest => Russia is the largest country in the world.
how many colours are in a rainbow / how many colors are in a rainbow / how many colours does a rainbow have => A rainbow has seven colours.
what are the colours of the rainbow / what colors are in a rainbow / name the colours of the rainbow => The colours of the rainbow are red, orange, yellow, green, blue, indigo and violet.
what do you get when you mix blue and yellow / what does blue and yellow make / mix blue and yellow / how do you make green => Blue and yellow make green.
what do you get when you mix red and yellow / what does red and yellow make / mix red and yellow => Red and yellow make orange.
what do you get when you mix red and blue / what does red and blue make / mix blue and red / how do you make purple => Red and blue make purple.
what do you get when you mix black and white / what does black and white make => Black and white make grey.
what colours are in a traffic light / what are the colours of a traffic light / what does a red light mean / what does a traffic light do => A traffic light has red, yellow and green lights: red means stop and green means go.
where does the sun rise / in which direction does the sun rise / where does the sun come up => The sun rises in the east.
where does the sun set / in which direction does the sun set / where does the sun go down => The sun sets in the west.
what is the sun / is the sun a star / what kind of thing is the sun => The sun is a star that gives the Earth light and warmth.
what is the moon / what goes around the earth / what shines at night => The moon goes around the Earth and shines at night with the light of the sun.
is the earth flat / is the earth round / what shape is the earth / what shape does the earth have => The Earth is round, like a ball.
what is ice / what is ice made of / what is frozen water => Ice is frozen water.
what is snow / what is snow made of => Snow is made of tiny crystals of ice that fall from the clouds.
what is rain / what falls from clouds / where does rain come from => Rain is water that falls from the clouds in drops.
what is steam / what does water become when it boils => Steam is water that has become a gas because it is very hot.
at what temperature does water boil / when does water boil / what is the boiling point of water / how hot is boiling water => Water boils at 100 degrees Celsius.
at what temperature does water freeze / when does water freeze / what is the freezing point of water => Water freezes at 0 degrees Celsius.
what do plants need / what do plants need to grow / what does a plant need / what do flowers need => Plants need water, light, air and good soil to grow.
what do trees give us / why are trees important / why do we need trees => Trees give us wood, fruit, shade and fresh air.
what do we breathe / what do people breathe / what is in the air / what gas do we need => We breathe air, and our body needs the oxygen in it.
what do we need to live / what do people need to live => People need air, water, food, sleep and a safe home.
what is bread made of / how is bread made / what do you need for bread / what is bread made from => Bread is made of flour, water, salt and yeast, and it is baked in an oven.
what is cheese made of / how is cheese made / what is butter made of / what is cheese made from => Cheese and butter are made from milk.
what is wine made of / what are raisins made of / what is made from grapes => Wine is made from grapes, and raisins are dried grapes.
what is glass made of / what is glass made from => Glass is made from sand that is melted at a great heat.
what is paper made of / what is paper made from / where does paper come from => Paper is made from wood.
where does wool come from / what is wool made of / which animal gives us wool / what do sheep give us => Wool comes from sheep, and people make warm clothes from it.
what is a table made of / what are tables made of / what is a chair made of => A table is often made of wood.
where do apples grow / what grows on an apple tree / where do apples come from => Apples grow on trees.
where do potatoes grow / where do carrots grow => Potatoes and carrots grow under the ground.
where does honey come from / who makes honey / which insect makes honey / which insects make honey => Honey comes from bees.
what is a vegetable / is a carrot a vegetable / is a carrot a fruit => A carrot is a vegetable.
is an apple a fruit / what is an apple / is apple a fruit or a vegetable => An apple is a fruit that grows on a tree.
is a whale a fish / is a dolphin a fish => No, a whale is not a fish: whales and dolphins are mammals and breathe air.
is a spider an insect / are spiders insects => No, a spider is not an insect, because it has eight legs.
what do you wear in the rain / what do i put on in the rain / which clothes do i put on when it is raining / what should one put on in rainy weather / what should i wear if it rains / what should i wear in the rain / what should i wear when it rains / what to wear in the rain / what do i need when it rains / it is raining, what should i wear / what clothes are good for rain => In the rain you should wear a raincoat and boots and take an umbrella.
what do you wear in winter / what should i wear in the snow / what should i wear when it is cold / it is cold outside, what should i wear / what clothes are good for winter / what to wear in cold weather => In cold weather you should wear a warm coat, a hat, a scarf and gloves.
what do you wear in summer / what should i wear when it is hot / what to wear on a hot day / what should i wear in the sun / what to wear in hot weather => On a hot day you should wear light clothes and a hat against the sun.
why do we sleep / why do people sleep / why do i need sleep / why is sleep important / what is sleep good for / why should i sleep => We sleep so that the body and the mind can rest and become strong again.
how long should i sleep / how many hours should i sleep / how much sleep do i need / how much should i sleep => Most adults should sleep seven to nine hours each night.
why do we eat / why do people eat / why do we need food => We eat because food gives the body energy and helps it to grow.
why do we drink water / why should i drink water / why is water important / why do we need water => We drink water because the body needs it to work well.
why do we brush our teeth / why should i brush my teeth => We brush our teeth to keep them clean and healthy.
how often should i brush my teeth / when should i brush my teeth => You should brush your teeth twice a day, in the morning and in the evening.
why do we wash our hands / why should i wash my hands / when should i wash my hands => We wash our hands before meals so that we do not get sick.
why is the sky blue / what makes the sky blue / why does the sky look blue => The sky looks blue because the air scatters the blue part of the sunlight more than the red part.
why does it rain / how does rain form / what causes rain / how is rain made => It rains because water from the sea and the lakes rises as vapour, forms clouds, and falls down again in drops.
why do we have day and night / why is it dark at night / what causes day and night / why does it get dark => We have day and night because the Earth turns, so that the sun shines only on one side of it.
why do we have seasons / what causes the seasons / why is it cold in winter => We have seasons because the Earth is tilted as it travels around the sun.
why do leaves turn yellow / why do leaves change colour / why do trees lose their leaves => Leaves change colour in autumn because the tree stops making the green colour in them.
why do birds fly south / why do birds fly away in autumn / where do birds go in winter => Many birds fly south in autumn because it is warm there and they find food.
why do cats purr / when does a cat purr / why does my cat purr => A cat purrs most often when it feels happy and safe.
why do dogs bark / why does my dog bark => Dogs bark to greet someone, to warn others, or because they want to play.
why do dogs wag their tails / what does it mean when a dog wags its tail => A dog wags its tail when it is happy or excited.
why do ships float / why do boats float / how does a boat float => A boat floats because it is lighter than the water that it pushes away.
why does ice float / does ice float / does ice float on water => Ice floats because it is lighter than water.
does wood float / does wood float on water => Yes, wood floats because it is lighter than water.
does a stone float / does a stone sink / do stones float => A stone sinks because it is heavier than water.
why is the sea salty / what is in sea water / is the sea salty => The sea is salty because rivers carry salt from the rocks into it.
is fire hot or cold / is fire hot / what is fire => Fire is hot and gives light and warmth.
is ice hot or cold / is ice cold / is snow cold => Ice is cold.
is sugar sweet / how does sugar taste / what does sugar taste like / what does honey taste like => Sugar and honey taste sweet.
how does a lemon taste / what does a lemon taste like / are lemons sweet => A lemon tastes sour.
what do we do with our eyes / what are eyes for / what do we see with => We see with our eyes.
what do we do with our ears / what are ears for / what do we hear with => We hear with our ears.
what do we do with our nose / what is a nose for / what do we smell with => We smell with our nose.
what does the heart do / what is the heart for => The heart pumps blood through the body.
what are lungs for / what do the lungs do => The lungs take in air so that we can breathe.
how many senses do we have / what are the five senses / name the five senses => We have five senses: sight, hearing, smell, taste and touch.
how do i boil an egg / how to boil an egg / how do you boil an egg / how long do i boil an egg / how long should i boil an egg / how do you cook an egg / how can i boil an egg => Put the egg into boiling water and wait: a soft egg takes about five minutes and a hard egg about ten minutes.
how do i make tea / how to make tea / how do you make a cup of tea / how do i make a cup of tea / how can i make tea => Boil some water, pour it over the tea in a cup, and wait for about three minutes before you drink it.
how do i make coffee / how to make coffee / how do you make coffee => Put ground coffee into a filter, pour hot water over it slowly, and let it run into a cup.
how do i make a sandwich / how to make a sandwich / how do you make a sandwich => Take two slices of bread, spread some butter on them, and put cheese and salad between them.
how do i cook rice / how to cook rice / how do you cook rice => Wash the rice, boil it with twice as much water and a little salt, and let it rest when the water is gone.
how do i cook pasta / how to cook pasta / how do you cook pasta / how do you make pasta / how do i cook spaghetti => Boil plenty of water with salt, cook the pasta in it for about ten minutes, and pour the water away.
how do i make soup / how to make soup / how do you make soup / how do i make vegetable soup => Cut some vegetables, cook them slowly in water with salt, and stir the soup until everything is soft.
how do i make pancakes / how to make pancakes / how do you make pancakes => Mix flour, milk and eggs, pour a little of the mixture into a hot pan, and turn the pancake when it is golden.
how do i bake bread / how to bake bread / how do you bake bread / how do i make bread => Mix flour, water, salt and yeast, let the dough rise, and bake it in a hot oven until it is brown.
how do i bake a cake / how to bake a cake / how do you bake a cake / how do i make a cake => Mix flour, sugar, butter and eggs, pour the dough into a tin, and bake it in the oven for about forty minutes.
how do i make a salad / how to make a salad => Wash some lettuce, cut tomatoes and cucumber, and mix everything with oil, vinegar and salt.
how do i make lemonade / how to make lemonade => Mix the juice of a lemon with cold water and a little sugar.
how do i plant a tree / how to plant a tree / how do you plant a tree => Dig a deep hole, set the roots of the tree in it, fill it with soil, and give the tree plenty of water.
how do i grow tomatoes / how to grow tomatoes / how do i grow flowers / how do i grow plants => Put the seeds into good soil, give them light and water every day, and be patient while they grow.
how do i wash my hands / how to wash my hands => Wet your hands, rub them with soap for twenty seconds, and rinse them with clean water.
how do i ride a bike / how to ride a bike / how do i learn to ride a bicycle => Sit on the bicycle, look ahead, push the pedals, and keep moving, because it is easier to balance when you move.
how do i learn to swim / how do i swim / how do you learn to swim => Start in shallow water with a teacher, practise floating and breathing, and then move your arms and legs.
how do i fall asleep / i cannot sleep, what can i do / how can i sleep better / i can't sleep => Keep the room dark and quiet, put the phone away, and breathe slowly.
how do i stay healthy / how can i stay healthy / what is good for my health / how do i live healthily => Eat fruit and vegetables, drink water, move every day, and sleep well.
how do i make friends / how can i make friends / how do i find friends => Be kind, ask people about themselves, listen to them, and do things together.
how do i learn english / how can i learn a language / how do i learn a language / how do i learn faster => Practise a little every day, read simple books, listen, and do not be afraid of mistakes.
how do i save money / how can i save money => Write down what you spend, buy only what you need, and put a little money aside each month.
how do i clean a window / how do i clean windows => Use warm water with a little soap, wipe the glass, and dry it with a clean cloth.
what is love / what does love mean => Love is a deep feeling of care for someone.
what is friendship / what is a friend / what makes a good friend => A friend is someone who likes you, listens to you, and helps you when you need it.
what is music / what is a song => Music is sound that people arrange so that it is beautiful or exciting to hear.
what is a book / what are books for => A book is a set of pages with words or pictures that people read to learn or to enjoy a story.
what is a library / what can you do in a library => A library is a place where people can read and borrow books.
what is a hospital / where do sick people go => A hospital is a place where doctors and nurses help sick people.
what is a school / why do children go to school / what do children do at school => A school is a place where children go to learn.
what is a bakery / where can i buy bread => A bakery is a shop where bread and cakes are baked and sold.
what is a market / where can i buy vegetables => A market is a place where people buy and sell fruit, vegetables and other things.
what is a farm / what can you find on a farm => A farm is a place where people grow food and keep animals.
what is a forest / what can you find in a forest => A forest is a large area with many trees, where birds, deer and foxes live.
what is a desert / what is a desert like => A desert is a very dry place where it almost never rains.
what is an island / what is an island surrounded by => An island is land with water all around it.
what is a river / where do rivers flow => A river is a long stream of water that flows to a lake or to the sea.
what is a mountain / what is a hill => A mountain is a very high hill.
what is a volcano / what comes out of a volcano => A volcano is a mountain from which hot melted rock can flow.
what is a rainbow / when can you see a rainbow / how does a rainbow form => A rainbow is an arc of colours in the sky that appears when the sun shines through rain.
what is a cloud / what are clouds made of => A cloud is made of tiny drops of water that float in the air.
what is wind / what makes the wind => Wind is moving air.
what is thunder / what causes thunder / what is lightning => Lightning is a great electric spark in a storm, and thunder is the sound that it makes.
what is a computer / what does a computer do => A computer is a machine that stores data and follows instructions very quickly.
what is the internet / what is the web => The internet is a network that connects computers all over the world.
what is a robot / what do robots do => A robot is a machine that can do some work by itself.
what is a car / what is a car for => A car is a vehicle with four wheels and an engine that carries people on roads.
what is a dog / what kind of animal is a dog => A dog is a friendly animal that many people keep as a pet.
what is a cat / what kind of animal is a cat => A cat is a small animal with soft fur that catches mice and likes to sleep.
what is an elephant / what kind of animal is an elephant => An elephant is a very large grey animal with a trunk and big ears.
what is water / what is water made of => Water is a clear liquid that falls as rain and fills the rivers and the seas.
what is gold / is gold a metal => Gold is a yellow metal that is very valuable.
who was shakespeare / who wrote romeo and juliet / who wrote hamlet / what did shakespeare write => William Shakespeare was an English writer, and he wrote plays such as Hamlet and Romeo and Juliet.
who was einstein / who was albert einstein => Albert Einstein was a scientist who is famous for his theory of relativity.
who was mozart / what did mozart do / who was beethoven => Mozart and Beethoven were famous composers who wrote wonderful music.
who painted the mona lisa / who was leonardo da vinci => Leonardo da Vinci painted the Mona Lisa.
who was the first person on the moon / who walked on the moon first / who was the first man on the moon => Neil Armstrong was the first person who walked on the moon.
where is the eiffel tower / in which city is the eiffel tower => The Eiffel Tower is in Paris, the capital of France.
where are the pyramids / in which country are the pyramids => The great pyramids are in Egypt.
where is big ben / in which city is big ben => Big Ben is in London.
where do kangaroos live / where can you find kangaroos => Kangaroos live in Australia.
where do penguins live / where can you find penguins => Most penguins live in the cold south, near Antarctica.
where do polar bears live / where can you find polar bears => Polar bears live in the Arctic, in the far north.
where do lions live / where can you find lions / where do elephants live => Lions and elephants live in Africa, and some elephants live in Asia.
where do camels live / which animal lives in the desert => Camels live in the desert and can go for days without water.
what language do people speak in france / which language is spoken in france => People in France speak French.
what language do people speak in germany / which language is spoken in germany / what language do they speak in austria => People in Germany and Austria speak German.
what language do people speak in spain / which language is spoken in spain / what language do they speak in mexico => People in Spain and Mexico speak Spanish.
what language do people speak in brazil / which language is spoken in brazil => People in Brazil speak Portuguese.
what language do people speak in england / what language do people speak in america => People in England and America speak English.
what is hello in french / how do you say hello in french => Hello in French is bonjour.
what is hello in german / how do you say hello in german => Hello in German is hallo.
what is hello in spanish / how do you say hello in spanish => Hello in Spanish is hola.
what is thank you in french / how do you say thank you in french => Thank you in French is merci.
what is thank you in german / how do you say thank you in german => Thank you in German is danke.
what comes after monday / which day comes after monday / what day is after monday => Tuesday comes after Monday.
what is the weekend / which days are the weekend / what days are the weekend => Saturday and Sunday are the weekend.
what do you say when you meet someone / how do you greet someone / how do people greet each other => When you meet someone you say hello.
what do you say when someone helps you / when do you say thank you => When someone helps you, you say thank you.
what do people eat for breakfast / what should i eat for breakfast / what is a good breakfast / what can i have for breakfast => A good breakfast is bread or porridge with fruit, and a cup of tea or milk.
what should i eat for lunch / what can i have for lunch => For lunch you could have a bowl of vegetable soup with fresh bread.
what should i cook for dinner / what should i eat for dinner / what can i have for dinner / what should i cook tonight => For dinner you could cook pasta with tomato sauce and make a green salad.
when do we eat breakfast / what is the first meal of the day / which meal do we eat in the morning => Breakfast is the first meal of the day, and we eat it in the morning.
what should i do today / what can i do today / i am bored / i'm bored / what can i do when i am bored => You could read a book, take a walk, cook something new, or call a friend.
what should i do on a rainy day / what can i do when it rains / what can we do when it rains => On a rainy day you could read a book, bake a cake, or play a game with friends.
what should i do on a sunny day / what can i do when the sun shines => On a sunny day you could walk in the park, swim in a lake, or have a picnic.
which is bigger, an elephant or a mouse / what is bigger, an elephant or a mouse / is an elephant bigger than a mouse => An elephant is much bigger than a mouse.
which is heavier, a stone or a feather / what is heavier, a feather or a stone / is a stone heavier than a feather => A stone is heavier than a feather.
which is faster, a car or a bicycle / what is faster, a car or a bike / is a car faster than a bicycle => A car is faster than a bicycle.
what is h2o / what is the formula of water => H2O is the formula of water.
how many minutes are in half an hour / how many minutes does half an hour have / how long is half an hour => Half an hour has 30 minutes.
how many months are in half a year / how many months does half a year have => Half a year has six months.
how many cents are in a dollar / how many cents are in a euro / how many cents does a euro have => A dollar and a euro have 100 cents each.
how many grams are in a kilogram / how many grams does a kilo have => A kilogram has 1000 grams.
how many metres are in a kilometre / how many meters are in a kilometer / how long is a kilometre => A kilometre has 1000 metres.
how many centimetres are in a metre / how many centimeters are in a meter / how long is a metre => A metre has 100 centimetres.
how many players are in a football team / how many players does a football team have => A football team has eleven players.
how many strings does a guitar have / how many strings are on a guitar => A guitar has six strings.
how many strings does a violin have / how many strings are on a violin => A violin has four strings.
how many keys does a piano have / how many keys are on a piano => A piano has 88 keys.
how many years are in a century / how long is a century / what is a century => A century has 100 years.
how many years are in a decade / how long is a decade / what is a decade => A decade has ten years.
what is a dozen / how many is a dozen / how many eggs are in a dozen => A dozen is twelve.
what does a caterpillar become / what do caterpillars turn into / what comes out of a cocoon => A caterpillar becomes a butterfly.
what does a tadpole become / what do tadpoles turn into => A tadpole becomes a frog.
who is the sister of my mother / what do you call your mother's sister => The sister of your mother is your aunt.
who is the mother of my mother / what do you call your mother's mother => The mother of your mother is your grandmother.
who is the brother of my father / what do you call your father's brother => The brother of your father is your uncle.
what is happiness / what makes people happy / how can i be happy => Happiness is a feeling of joy, and friends, rest and small good things help to find it.
how can i relax / how do i relax / i am stressed / what helps against stress => Breathe slowly, take a walk outside, or listen to calm music.
how do i get up early / how can i wake up early => Go to bed early, set an alarm, and get up as soon as it rings.
how do i clean my room / how can i clean my room => Open the window, put everything in its place, wipe the dust away, and sweep the floor.
what should i take on a picnic / what do i need for a picnic => For a picnic you need a blanket, bread, fruit, something to drink, and good weather.
what should i pack for a trip / what do i need for a trip / what should i take on a journey => For a trip you should pack clothes, a toothbrush, something to eat, and a good book.
where can i buy medicine / where do i buy medicine => You can buy medicine at a pharmacy.
where can i buy stamps / where can i send a letter => You can buy stamps and send letters at the post office.
where can i borrow books / where can i find books => You can borrow books at a library.
which hobby should i try / recommend a hobby / what is a good hobby => Reading, painting, gardening and walking are good hobbies.
give me advice / give me some advice / what is good advice => Be kind, sleep enough, and do one thing at a time.
motivate me / say something nice / encourage me => You can do it! Take one small step today, and the next one will be easier.
give me a compliment / pay me a compliment => You ask very good questions!
what is better, tea or coffee / is tea better than coffee / tea or coffee => Both are good: coffee wakes you up, and tea is gentle and warm.
what is better, a dog or a cat / are dogs better than cats / dogs or cats => Both are good pets: dogs like to play and walk, and cats are quiet and soft.
what is the difference between a cat and a dog / how is a cat different from a dog => A dog barks and likes to walk with people, and a cat meows and likes to be alone more often.
what is a good gift / what should i give my mother for her birthday / what can i give a friend for a birthday => A good gift is a book, some flowers, or something that you have made yourself.
what do people do on a birthday / what do we eat on a birthday => On a birthday people eat cake, give presents and sing.
what do people say on a birthday / today is my birthday / it is my birthday => Happy birthday!
what do you need to swim / where can i swim => You can swim in a lake, in the sea or in a swimming pool.
what is a pet / which animals are pets => A pet is an animal that lives with people, such as a dog or a cat.
what is chocolate made of / what is chocolate made from => Chocolate is made from cocoa beans and sugar.
what is honey / what is honey good for => Honey is a sweet food that bees make from the nectar of flowers.
what is a bee / what kind of animal is a bee / what do bees do => A bee is an insect that visits flowers and makes honey.
what is a spider / what kind of animal is a spider => A spider is a small animal with eight legs that spins a web.
what is a penguin / what kind of animal is a penguin => A penguin is a bird that cannot fly, but it swims very well.
what is a whale / what kind of animal is a whale => A whale is a very large mammal that lives in the sea.
what is a tree / what is a plant => A tree is a large plant with roots, a trunk, branches and leaves.
what is the sea / what is an ocean => The sea is a very large area of salt water.
what is a friend for / why do we need friends => Friends share good days with us and help us on bad days.
what is money / what is money for => Money is what people use to buy and sell things.
what is a family / who belongs to a family => A family is a group of people who belong together, such as parents and children.
what is paris / what is paris famous for => Paris is the capital of France, and it is famous for the Eiffel Tower.
what is london / what is london famous for => London is the capital of England, and it is famous for Big Ben.
which is bigger, the sun or the moon / is the sun bigger than the moon / is the sun bigger than the earth => The sun is much bigger than the moon and the Earth.
""".strip().splitlines()]

TANDEM = [l.strip() for l in """
Tandem is an app that compares a baseline model with a derivative model side by side.
In Tandem the derivative model is called the Two Delta model.
Tandem streams both answers at the same time, so you can watch the baseline and the Two Delta model write.
To stop a stream in Tandem, press Esc or click the Stop button in the pane.
Shift+Esc stops both streams at once.
To send a message in Tandem, press Ctrl+Enter or click the Send button.
The baseline is the model that you start from and compare with.
A Two Delta model is a derivative of the baseline: it starts from the same weights and is then changed by more training.
A token is a small piece of text, such as a word or a part of a word, and a language model reads and writes tokens.
The temperature sets how random the answers of a model are: a low temperature gives safe answers and a high temperature gives surprising answers.
Top-p limits the choice to the most likely tokens whose probabilities add up to p.
Top-k limits the choice to the k most likely tokens.
The repetition penalty makes it less likely that a model repeats the same words.
A checkpoint is a file with the saved weights of a model.
A seed is a number that starts the random choices, so the same seed gives the same answer again.
A prompt is the text that you give to a model.
The context is the text that a model can see at one time.
The weights are the numbers that a model has learned during training.
Pretraining teaches a model language from a lot of text, and fine-tuning teaches it to follow instructions.
GGUF is a file format for the checkpoints of language models.
A language model is a program that has learned from text and writes text one token after the other.
Quantization stores the weights with fewer bits, so that the checkpoint is smaller.
A system message tells the model how it should behave.
""".strip().splitlines()]
