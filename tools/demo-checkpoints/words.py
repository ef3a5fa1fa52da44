"""Word lists for the prose grammar."""
L = lambda s: [x.strip() for x in s.split(",") if x.strip()]
GIRLS = L("Anna,Maria,Lucy,Emma,Clara,Nora,Ella,Rosa,Ida,Mia,Sara,Julia,Helen,Grace,Alice,Olga,Vera,Hanna,Martha,Lena,Kate,Ruth,Eva,Irene,Mary,Jane")
BOYS = L("Tom,Ben,Peter,Paul,Max,Leo,Jack,Oscar,Henry,Simon,Felix,Adam,David,Martin,Sam,Karl,George,Hugo,Erik,Noah,Theo,Daniel,Jacob,Victor,John,Fred")
PETS = L("dog,cat,rabbit,puppy,kitten,parrot,pony,goat,duck,hen,hamster,lamb")
WORDS = dict(
    girl=GIRLS, boy=BOYS,
    woman=L("the old woman,the baker,the teacher,the queen,the nurse,the gardener,the librarian,a young woman,her aunt,the neighbour"),
    man=L("the old man,the fisherman,the farmer,the king,the carpenter,the postman,the shepherd,the clockmaker,the captain,the cook"),
    pet=PETS, animal=L("fox,owl,bear,deer,hedgehog,mouse,squirrel,wolf,badger,crow,frog,swan,hare,otter,goose,turtle"),
    place=L("market,park,forest,river,lake,village,harbour,school,library,garden,bridge,mill,beach,hill,station,old town,farm,castle,meadow,museum,church,square,bakery,shop,field"),
    room=L("kitchen,bedroom,attic,cellar,living room,workshop,hall,barn,shed,study"),
    thing=L("key,lamp,letter,map,book,coat,hat,basket,ring,clock,kite,boat,box,bell,coin,scarf,umbrella,flute,mirror,ladder,candle,blanket,pencil,picture,watch,bottle,drum,toy train,bicycle,ball,button,violin,stone,shell,purse,knife"),
    material=L("wood,paper,glass,silver,clay,wool,leather,stone,gold,cloth,iron,straw"),
    colour=L("red,blue,green,yellow,white,black,brown,grey,golden,silver,purple,orange,pink"),
    food=L("bread,soup,cheese,apples,pancakes,cake,porridge,potatoes,pears,honey,rice,fish,eggs,cherries,plums,carrots,tomatoes,butter,biscuits,nuts"),
    drink=L("tea,milk,water,coffee,juice,cocoa,lemonade"),
    size=L("small,big,tiny,large,little,huge,long,short,narrow,wide,round,heavy,light"),
    quality=L("old,new,beautiful,strange,broken,simple,shiny,dusty,soft,warm,plain,wonderful,rare,ordinary,useful,pretty,fine,rough"),
    mood=L("happy,sad,tired,proud,calm,nervous,curious,worried,surprised,angry,lonely,excited,thankful,hungry,cheerful,shy,patient,brave,quiet,glad"),
    trait=L("kind,clever,patient,brave,honest,shy,curious,cheerful,careful,lazy,stubborn,gentle,polite,funny,strict,generous,wise,busy"),
    adv=L("slowly,quickly,quietly,carefully,gently,happily,suddenly,softly,loudly,patiently,bravely,proudly,sadly,eagerly,calmly"),
    weather=L("sunny,rainy,windy,cold,warm,cloudy,foggy,snowy,stormy,mild,hot,grey,bright"),
    season=L("spring,summer,autumn,winter"), day=L("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday"),
    month=L("January,February,March,April,May,June,July,August,September,October,November,December"),
    daytime=L("morning,afternoon,evening,day,night"), num=L("two,three,four,five,six,seven,eight,nine,ten,twelve,twenty"),
    tree=L("oak,pine,birch,maple,willow,apple tree,cherry tree,pear tree,lime tree"), flower=L("roses,tulips,daisies,lilies,sunflowers,violets,poppies"),
    bird=L("robin,sparrow,blackbird,gull,swallow,crow,owl,stork"), family=L("mother,father,sister,brother,grandmother,grandfather,uncle,aunt,cousin"),
    skill=L("swim,read,cook,paint,sing,ride a bicycle,play the violin,play chess,bake bread,dance,skate,sew,play the piano,whistle,sail,draw,climb trees,write"),
    hobby=L("reading,painting,swimming,fishing,singing,cooking,running,dancing,gardening,drawing,sewing,sailing,chess,music,walking"),
    feel=L("felt {mood},was {mood},looked {mood},seemed {mood}"),
    tool=L("a hammer,a saw,a spade,a rope,a broom,a needle,a ladder,a bucket,a lantern,a net"),
    animalsound=L("the dog barked,an owl hooted,the hens clucked,a bird sang,the cat purred,the cows mooed,the frogs croaked,the bees buzzed"),
)
