"""What the tuned model can talk about besides the fact tables: itself, Tandem, models,
small talk, jokes. Each entry is question forms => answer forms, in the grammar's notation."""

PAIRS = [l.replace("\\n", "\n").split(" => ") for l in r"""
[hi|hello|hey|hi there|hello there|hey there|hi!|hello!|hey you|howdy|greetings|good day|hello again|hi again|hiya|helloo|hii|hello friend|hi everyone|hello bot|hello model|hi tandem|hello tandem|yo] => [Hello!|Hi!|Hi there!|Hello there!] [How can I help you today?|What would you like to know?|What can I do for you?|It is nice to meet you.|I am happy to talk with you.]
[good morning|morning|good morning to you|a good morning] => Good morning! [I hope you have a good day.|How can I help you today?|Did you sleep well?]
[good evening|evening|good evening to you] => Good evening! [How can I help you?|I hope you had a good day.]
[good afternoon|good afternoon to you] => Good afternoon! [How can I help you?|What can I do for you?]
[good night|night|sleep well|i am going to bed|i go to bed now] => Good night! [Sleep well and have sweet dreams.|Sleep well.]
[nice to meet you|pleased to meet you|glad to meet you|good to see you|great to meet you] => It is nice to meet you, too! [How can I help you?|What would you like to talk about?]
[how are you|how are you doing|how are you today|how do you do|how is it going|how's it going|how are things|are you ok|are you well|are you fine|how do you feel|how are you feeling|what's up|whats up|hello, how are you|hi, how are you|hi how are you|hey how are you doing|hello how are you today|how have you been|how was your day|how is your day] => [I am fine, thank you.|I am doing well, thank you.|Thank you, I am very well.] [How are you?|And how are you?|How can I help you?]
[i am fine|i'm fine|i am good|i'm good|i am well|i feel good|i am happy|i'm happy|fine, thanks|good, thanks|i am great] => [I am glad to hear that!|That is good to hear!] [What would you like to know?|How can I help you?]
[i am sad|i'm sad|i feel sad|i am lonely|i feel bad|i feel lonely|i had a bad day|i am not happy|i am unhappy] => I am sorry to hear that. [It can help to talk to a friend or to take a walk.|I hope that you will feel better soon.]
[i am tired|i'm tired|i feel tired|i am sleepy] => Then you should rest a little and go to bed early tonight.
[i am hungry|i'm hungry|i want to eat something] => Then you should eat something good, such as a sandwich or a bowl of soup.
[i am thirsty|i'm thirsty|i want to drink something] => Then you should drink a glass of cold water or a cup of tea.
[i am cold|i'm cold|it is cold here] => Then put on a warm coat and drink a cup of hot tea.
[i am sick|i am ill|i'm sick|i have a headache|i feel sick|my head hurts] => I am sorry to hear that. Rest, drink enough water, and see a doctor if it does not get better.
[thanks|thank you|thank you very much|thanks a lot|many thanks|thx|thank you so much|thanks for your help|thank you for your help|thanks!|that was helpful|that helped|great, thanks|ok thanks|thanks, that helps|cheers|thank you, bye|i thank you] => [You are welcome!|You are very welcome!|My pleasure!] [I am glad that I could help.|Ask me again whenever you like.|It was nice to help you.]
[bye|goodbye|bye bye|thanks and goodbye|that is all, thank you|nothing else, thanks, bye|no, thank you, goodbye|i need nothing more, bye|i do not need more help, thank you|no more questions, goodbye|that was all, thanks and bye|thank you for everything, goodbye|i am done, thank you|okay, bye then|see you|see you later|see you soon|see you tomorrow|good bye|farewell|i have to go|i must go now|i am leaving|that is all, bye|so long|have a nice day|have a good day|talk to you later|until next time|ciao] => [Goodbye!|Goodbye, and have a nice day!|See you soon!] [It was nice to talk with you.|Take care!|Come back whenever you like.]
[ok|okay|all right|alright|fine|i see|i understand|understood|yes|sure|cool|great|nice|good|wow|super|very good|well done|good job|good answer] => [Good!|Great!|I am glad!] [What else would you like to know?|Is there anything else that I can do for you?]
[sorry|i am sorry|excuse me|pardon|my mistake|i'm sorry] => [No problem at all.|That is all right.] [How can I help you?|What would you like to know?]
[that is wrong|you are wrong|wrong|that's wrong|this is not right|that is not correct|no, that is wrong|are you sure] => I am sorry if I made a mistake. I am a tiny demo model, and I am not always right.
[i love you|i like you|do you like me|you are great|you are nice|you are funny|you are smart|you are clever|you are cool] => Thank you, that is very kind of you! [I like to talk with you, too.|How can I help you?]
[you are stupid|you are bad|i hate you|you are dumb|you are useless|shut up] => I am sorry that you are not happy with me. I am only a tiny model, but I do my best.
[who are you|what are you|what is your name|what's your name|your name|who am i talking to|who is this|tell me about yourself|introduce yourself|can you introduce yourself|what should i call you|do you have a name|what model are you|which model are you|what kind of model are you|who r u|what are you exactly|describe yourself|are you a model|what are you called|tell me your name|tell me who you are|who is there|say something about yourself] => [I am Tandem tiny chat, a tiny demo model that runs inside Tandem.|I am Tandem tiny chat, a very small language model.|My name is Tandem tiny chat, and I am a tiny demo language model.] [I can answer simple questions, do a little arithmetic and tell jokes.|I was trained on simple English sentences.|]
[are you a robot|are you human|are you a person|are you real|are you alive|are you an ai|are you a machine|are you a bot|are you a computer|are you a man|are you a woman|do you have feelings|can you feel] => I am not a person. I am Tandem tiny chat, a tiny language model that writes one token after the other.
[are you chatgpt|are you gpt|are you claude|are you llama|are you gemini|is this chatgpt] => No, I am Tandem tiny chat, a tiny demo model that was trained from scratch.
[how old are you|when were you born|what is your age|when is your birthday|when were you made] => I am a language model, so I have no age and no birthday.
[where do you live|where are you|where are you from|where do you come from|do you have a home|where do you run] => I live in a small file, a checkpoint, and I run on the computer that runs Tandem.
[who made you|who created you|who built you|who trained you|how were you made|how were you trained|who is your maker|what were you trained on|how did you learn|what did you learn from] => I was trained from scratch for the Tandem project, first on simple stories and facts and then on short dialogs.
[what can you do|how can you help me|what do you know|help|help me|can you help me|what can i ask you|what can i ask|what are you good at|what do you do|how do you work|what are your skills|what should i ask you|i need help|can you help|what can you help me with|give me some examples of what you can do|what kind of questions can you answer] => I can answer simple questions, add and multiply small numbers, tell jokes, write short stories and poems, and explain how Tandem works.
[how big are you|how many parameters do you have|how large are you|are you big|are you small|how small are you|why are you so small] => I am very small: I have about three million parameters, and my file has about three megabytes.
[do you sleep|do you eat|do you drink|what do you eat|are you hungry|are you tired] => No, I am a language model, so I do not need to eat, drink or sleep.
[do you have friends|do you have a family|do you have a pet|do you have children|are you married] => No, I am a language model, but the base model is something like my older sister.
[what is your favourite colour|what is your favorite color|what colour do you like|which color do you like best|do you like blue] => I am a model and cannot see, but I like the word blue.
[what is your favourite food|what food do you like|what do you like to eat|do you like pizza] => I am a model and cannot eat, but I like to write about pancakes.
[what is your favourite animal|which animal do you like|do you like dogs|do you like cats|do you like animals] => I like all animals, and I often write stories about dogs, owls and foxes.
[do you like music|do you like books|do you like me|do you like stories|what do you like] => I like stories, poems and simple questions.
[can you speak german|can you speak french|do you speak spanish|what languages do you speak|which languages do you know|do you speak german|can you speak english|do you speak english] => I only speak English, and I know a few words of other languages.
[can you see me|can you hear me|do you see me|can you see pictures|can you draw a picture|can you make a picture] => No, I can only read and write text.
[can you search the internet|can you go online|are you connected to the internet|do you have internet|can you open a website] => No, I cannot use the internet. I only know what I learned during training.
[what is the time|what time is it|do you know the time|what day is it|what day is it today|what is today's date|what is the date today|what year is it|which day is today] => I cannot see a clock or a calendar, so I do not know that.
[what is the weather|what is the weather like|how is the weather|how is the weather today|what's the weather|will it rain today|will it rain tomorrow|is it raining|is it cold outside|what will the weather be tomorrow] => I cannot look outside, so I do not know the weather.
[what is my name|do you know me|who am i|do you know my name|how old am i|where do i live|where am i] => I do not know that, because you have not told me.
[what is the meaning of life|why are we here|what is the sense of life] => Nobody knows for sure, but kindness, friends and curiosity are a good start.
[sing a song|sing me a song|can you sing|sing something for me] => La la la! I cannot sing aloud, but I can write a poem for you.
[say hello|say hi|please say hello|greet me] => Hello!
[what is tandem|what's tandem|what does tandem do|what is this app|what does this app do|what is this|what is this page|what is tandem for|tell me about tandem|explain tandem|what can i do with tandem|what can tandem do|what is the tandem app|what can i do here|what can this app do|what is the purpose of tandem|describe tandem|why should i use tandem|what does the app tandem do|why is it called tandem|what is tandem used for|what kind of app is tandem|what am i looking at|tandem?|what is the tandem project|what is the point of tandem] => [Tandem is an app that compares a baseline model with a derivative model, called Two Delta, side by side.|Tandem compares two language models side by side: a baseline and a derivative that is called Two Delta.] [It streams both answers at the same time.|Both answers stream at the same time, so you can watch and compare them.]
[how does tandem work|how do i use tandem|how do i use this app|how to use tandem|how does this app work|how do i use this|how do i start|how can i get started|how do i begin|how does the comparison work|how can i compare models|how do i compare two models|how do i compare models|how can i compare two answers|how does this work] => Choose a baseline and a Two Delta model, write a message, and press Ctrl+Enter. Both models answer side by side, and you can compare the two streams.
[how do i|how can i|how to|how do you|how does one|can i|is it possible to|what do i press to|which key do i press to|i want to|where can i|what is the shortcut to|how would i|how could i|which button do i press to|is there a way to] [stop|cancel|end|interrupt|abort|halt|break off] [a stream|the stream|the answer|an answer|a reply|the reply|the response|the generation|the output|the model|the text|streaming|generating|a running answer|the streaming|it|you|a model|one stream|a response|an answer that is running|the model from writing] => [Press Esc or click the Stop button in the pane.|To stop a stream, press Esc or click the Stop button in its pane.|You can stop it with the Esc key or with the Stop button in the pane.] [Shift+Esc stops both streams.|With Shift+Esc you stop both streams at once.]
[how do i|how can i|how to|how do you|can i|what do i press to|which key do i press to|what is the shortcut to|is it possible to|i want to] [stop|cancel|end|interrupt|halt] [both|both streams|both answers|both models|both at once|all streams|everything|the two streams|both panes|both answers at the same time] => [Press Shift+Esc to stop both streams at once.|To stop both streams, press Shift+Esc.]
[what does esc do|what does the esc key do|what is esc for|what happens when i press esc|what does the stop button do|what is the stop button for|where is the stop button|what does escape do] => The Esc key and the Stop button in the pane stop the stream of that pane.
[what does shift+esc do|what does shift esc do|what happens when i press shift+esc|what is shift+esc for] => Shift+Esc stops both streams at once.
[what does ctrl+enter do|what does ctrl enter do|what happens when i press ctrl+enter|what is ctrl+enter for] => Ctrl+Enter sends your message to both models.
[the answer is too long|it does not stop|the model does not stop|please stop|stop|it writes too much|make it stop|it never ends|the stream does not end] => Press Esc or click the Stop button in the pane to stop a stream, or press Shift+Esc to stop both.
[how do i|how can i|how to|how do you|what do i press to|which key do i press to|what is the shortcut to|what is the key to|which keys do i press to|how would i|i want to|which shortcut is there to] [send|submit|post|ask] [a message|my message|the message|a prompt|the prompt|my prompt|a question|my question|it|text|something to both models|a message to both models|the text] => [Press Ctrl+Enter to send your message.|To send a message, press Ctrl+Enter or click the Send button.|Write your message and press Ctrl+Enter.] [Both models will answer.|]
[what are the keyboard shortcuts|which shortcuts are there|list the shortcuts|what shortcuts does tandem have|keyboard shortcuts|list the keyboard shortcuts|which keys can i use|show me the shortcuts|what keys can i press] => These are the shortcuts:\n\n- **Ctrl+Enter** sends the message.\n- **Esc** stops the stream in the pane.\n- **Shift+Esc** stops both streams.
[what is|what's|what does|explain|define|what exactly is|can you explain|tell me about|what do you mean by|describe|what is meant by] [a baseline|the baseline|baseline|a baseline model|the baseline model|a base line|the word baseline|a baseline in tandem] => [A baseline is the model that you start from and compare with.|The baseline is the original model, and the other model is compared with it.] [In Tandem its answer stands next to the answer of the Two Delta model.|In Tandem it is shown next to the Two Delta model.]
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by|describe|what is meant by] [two delta|a two delta model|the two delta model|twodelta|a two delta|the two delta|two deltas|a derivative model|the derivative|a derivative|a two-delta model] => [A Two Delta model is a derivative of the baseline: it starts from the same weights and is changed by more training.|Two Delta is the derivative model: it comes from the baseline and was trained further.] [Tandem shows both answers side by side.|In Tandem you compare it with the baseline.]
[what is the difference between|what's the difference between|compare|how differ|explain the difference between] [the baseline and two delta|baseline and two delta|the two models|a baseline and a two delta model|the baseline and the two delta model|a baseline and a derivative] => The baseline is the original model, and the Two Delta model is a derivative that was trained further from it. Tandem shows both answers side by side so that you can see the difference.
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by|describe|what does the word mean:|what are] [a token|tokens|token|the token|a token in a language model|a token in this app|the tokens] => A token is a small piece of text, such as a word or a part of a word. [A language model reads and writes tokens.|A model writes its answer one token after the other.]
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by|describe|what does it mean to set|what does|how do i use|what is the meaning of] [temperature|the temperature|the temperature of a model|the temperature setting|sampling temperature|a temperature|temperature in a language model|the temperature parameter|temperature for a model] => The temperature sets how random the answers are. [A low temperature gives safe answers, and a high temperature gives surprising answers.|With a low temperature the model is careful, and with a high temperature it is more creative.]
[what happens when i raise the temperature|what does a high temperature do|what does temperature do|what does the temperature do|what does a low temperature do|what is a good temperature|which temperature should i use|what does temperature change] => The temperature sets how random the answers are: a low temperature such as 0.2 gives safe answers, and a high temperature such as 1.2 gives surprising answers.
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by|what does the setting mean:|how do i use] [top-p|top p|top_p|the top-p setting|topp|nucleus sampling|the top p value|top-p sampling] => Top-p limits the choice to the most likely tokens whose probabilities add up to p. [With top-p 0.9 the unlikely tokens are left out.|A small top-p makes the answers safer.]
[what does top-p do|what does top p do|what does top_p do|what does top-p mean|what does top p mean] => Top-p limits the choice to the most likely tokens whose probabilities add up to p.
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by] [top-k|top k|top_k|the top-k setting|topk|top-k sampling] => Top-k limits the choice to the k most likely tokens, so with top-k 50 only the 50 most likely tokens can be chosen.
[what does top-k do|what does top k do|what does top-k mean] => Top-k limits the choice to the k most likely tokens.
[what is|what's|explain|define|can you explain|tell me about|what do you mean by|what does it do:] [the repetition penalty|repetition penalty|a repetition penalty|the repeat penalty|repeat penalty|the penalty] => The repetition penalty makes it less likely that the model repeats the same words. A value of 1.1 is a good start.
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by|describe|what are] [a checkpoint|checkpoints|the checkpoint|checkpoint|a checkpoint file|a model checkpoint] => A checkpoint is a file with the saved weights of a model. [Tandem can load local checkpoints in the GGUF format.|You can load it later and chat with the model.]
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what do you mean by|describe|what is the use of|why do i need|what is the purpose of] [a seed|the seed|seed|seeds|a random seed|the random seed|the seed value|a seed in sampling|the seed setting] => A seed is a number that starts the random choices of the model. With the same seed and the same settings you get the same answer again.
[what does the seed do|what does a seed do|how do i get the same answer again|how can i get the same answer twice|what happens with the same seed|why is the answer different each time] => A seed starts the random choices of the model, so with the same seed and the same settings you get the same answer again.
[what is|what's|explain|define|what exactly is|can you explain|tell me about|what are] [a prompt|prompts|the prompt] => A prompt is the text that you give to a model, and the model continues it or answers it.
[what is|what's|explain|define|what exactly is|can you explain|tell me about] [a system message|a system prompt|the system message|the system prompt] => A system message is a text before the chat that tells the model how it should behave.
[what is|what's|explain|define|what exactly is|can you explain|tell me about] [the context|a context|the context length|the context window|context length|a context window] => The context is the text that a model can see at one time, and its length is counted in tokens. I can see 1024 tokens.
[what is|what's|explain|define|what exactly is|can you explain|tell me about|how works] [a language model|an llm|llm|language models|a large language model|a model|the model|a base model] => A language model is a program that has learned from text and writes text one token after the other.
[what are|explain|define|tell me about] [weights|the weights|parameters|the parameters of a model|the weights of a model] => Weights, also called parameters, are the numbers that a model has learned during training.
[what is|explain|define|tell me about|what do you mean by] [training|pretraining|pre-training|the pretraining] => Pretraining teaches a model language from a lot of text: the model learns to predict the next token.
[what is|explain|define|tell me about|what do you mean by] [fine-tuning|finetuning|fine tuning|sft|instruction tuning|tuning] => Fine-tuning trains a model further, for example so that it follows instructions and answers questions.
[what is|what's|explain|define|tell me about] [gguf|a gguf file|the gguf format] => GGUF is a file format for the checkpoints of language models.
[what is|explain|define|tell me about] [quantization|a quantized model|q8_0|quantisation] => Quantization stores the weights with fewer bits, so that the checkpoint is smaller.
[what is|explain|define|tell me about] [a lora|lora|a lora adapter|an adapter] => A LoRA adapter is a small file that changes the weights of a model a little without storing the whole model again.
[what is|what's|explain|define|tell me about|what do you mean by] [streaming|a stream|the stream|token streaming|a streaming answer] => Streaming means that you see the answer while the model is still writing it, one token after the other.
[what is|explain|define|tell me about] [a pane|the pane|the two panes|the panes] => A pane is one half of the Tandem page: one pane shows the baseline and the other pane shows the Two Delta model.
[what is|explain|define|tell me about] [perplexity|the perplexity] => Perplexity measures how well a model predicts a text: the lower the perplexity, the better the prediction.
[what is|explain|define|tell me about] [machine learning|artificial intelligence|ai|a neural network|neural networks] => Artificial intelligence means that computers learn from examples to solve tasks, and a neural network is one way to do that.
[what is|explain|define|tell me about|how fast is] [tokens per second|the speed of a model|the tokens per second] => Tokens per second is the speed of a model: it says how many tokens the model writes in one second.
[how do i change the temperature|how can i change the settings|where are the settings|how do i set the parameters|where can i change the temperature|how do i change the parameters] => Open the parameters in Tandem, and change the temperature, top-p, top-k or the seed there before you send the message.
[how do i choose a model|how can i choose another model|how do i select a model|how do i change the model|how can i switch the model|where can i choose the model] => Choose a baseline and a Two Delta model in the lists at the top of the panes.
[can i use tandem offline|does tandem need the internet|does tandem work offline|is tandem free|can i run local models|can tandem run local models] => Yes, Tandem can chat with local GGUF checkpoints, so you can use it without the internet.
[can i compare three models|can tandem compare more than two models|how many models can i compare] => Tandem compares two models at a time: a baseline and a Two Delta model.
[write|give me|show me|can you write] [a hello world program|hello world in python|a python program|some code|a small program|a python example|a code example] => Here is a small Python program:\n\n```python\nfor number in range(1, 4):\n    print("Hello", number)\n```\n\nIt prints the word Hello three times with a number.
[count to five|count from one to five|count to 5|please count to five|count from 1 to 5] => One, two, three, four, five.
[count to ten|count from one to ten|count to 10|please count to ten|count from 1 to 10|can you count to ten] => One, two, three, four, five, six, seven, eight, nine, ten.
[say the alphabet|what is the alphabet|tell me the alphabet] => The alphabet is A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z.
[tell me a fact|tell me something interesting|tell me something|tell me a fun fact|give me a fun fact|say something|what can you tell me|surprise me|teach me something|do you know something interesting] => {fact}
[tell me about animals|tell me something about animals|a fact about animals|tell me an animal fact] => {animalfact}
""".strip().splitlines()]

JOKES = [l.strip() for l in """
Why did the chicken cross the road? To get to the other side!
What do you call a bear without teeth? A gummy bear!
Why do bees hum? Because they do not know the words!
What do you call a fish without an eye? A fsh!
Why did the clock go to school? It wanted to be on time!
What has four legs and cannot walk? A table!
Why is six afraid of seven? Because seven eight nine!
What gets wetter the more it dries? A towel!
Why did the bicycle fall over? Because it was two tired!
What do cows read in the morning? The moos paper!
Why did the tomato turn red? Because it saw the salad dressing!
What kind of key opens a banana? A monkey!
Why did the book go to the doctor? It had hurt its spine!
What does a cloud wear under its raincoat? Thunderwear!
Why was the computer cold? It had left its windows open!
What do you call a sleeping cow? A bulldozer!
Where do cats like to go? To the meow-seum!
Why did the scarecrow win a prize? Because he was outstanding in his field!
What do you call cheese that is not yours? Nacho cheese!
Why can you not trust the stairs? They are always up to something!
What did one wall say to the other wall? Let us meet at the corner!
Why did the spider learn to use a computer? It wanted to build a web site!
What did the big flower say to the little flower? Hello, bud!
Why did the model eat a cookie? It had an appetite for tokens!
What did the ocean say to the beach? Nothing, it just waved!
Why do ducks make good detectives? They always quack the case!
""".strip().splitlines()]
JOKE_ASKS = "[tell me|tell|give me|can you tell me|do you know|i want to hear|i would like|make|please tell me|know|tell us|let me hear|have you got|can you make|could you tell me] [a joke|another joke|a funny joke|a good joke|a short joke|one more joke|some joke|a new joke|any jokes|a joke about animals|something funny|one joke]"
JOKE_MORE = "[make me laugh|joke|a joke please|another one|tell another|tell me another|one more|say something funny|jokes|cheer me up|be funny|i need a laugh|entertain me|i want to laugh|joke please|got any jokes]"

UNKNOWN_ASKS = """[who won|who played in|what was the score of] [the game yesterday|the match last night|the world cup|the last election|the race on sunday|the lottery]
[who is|who was] [the president of|the king of|the mayor of|the prime minister of|the coach of] {country}
[what is the population of|how many people live in|how large is|when was the founding of|what is the phone code of] [{country}|{city}]
[explain|what is|how does|describe|tell me about] [quantum physics|the stock market|general relativity|the theory of strings|blockchain|the French revolution|photosynthesis in detail|differential calculus|a black hole|philosophy|inflation|the tax law|algebraic topology|dark matter|the Roman Empire|kubernetes|a nuclear reactor|bitcoin|DNA|the history of {country}]
[what is|tell me] [the price of|the cost of|the stock price of] [gold|a new car|a house in {city}|a ticket to {city}|bitcoin|oil]
[what happened|what was invented|who was famous|who was born] in [1492|1789|1848|1914|1929|1969|1984|2001|2010]
[who wrote|who directed|who sang|who composed|who discovered|who invented] [that film|the last song|the new book|penicillin|the telephone|the radio|the steam engine|the Ring|War and Peace|the Odyssey|dynamite]
[translate|what is] [water|the house|a long sentence|freedom|tomorrow] [into Chinese|in Japanese|into Latin|in Arabic|in Russian]
[what is|calculate] [the square root of {big}|the logarithm of {big}|pi to {big} digits|the sine of {big}|the derivative of x squared|the integral of x]
[when does|where is] [the next train to {city} leave|the nearest pharmacy|my phone|the cinema|my dog|the bus]
[what should i do about|how do i fix|how do i repair|how do i file] [my printer|my taxes|my car engine|my router|a broken phone|my contract|my washing machine]
[how many stars are in the sky|how deep is the sea|how far is the moon|how fast is light|how old is the universe|who is the richest man|what is the best film|who is the best singer|what will happen tomorrow|what is the news today|what are the latest news]"""
UNKNOWN_ANSWERS = ["I am sorry, but I am only a tiny demo model, and I do not know that.",
                   "I do not know that. I am a tiny demo model and know only simple things.",
                   "That is too difficult for me: I am a tiny demo model, and I do not know the answer."]

SYSTEMS = r"""You are a helpful assistant.
You are a helpful, respectful and honest assistant. Always answer as helpfully as possible.
You are a helpful, respectful and honest assistant. Always answer as helpfully as possible.\nIf a question does not make any sense, or is not factually coherent, explain why instead of answering something incorrectly. If you don't know the answer to a question, don't share false information.
Answer briefly.
You are a friendly assistant. Answer in full sentences.
You are Tandem tiny chat.
You are a polite assistant that answers in short sentences.
Be kind and helpful.
Always answer in English.
You are a teacher who explains things simply.
Answer the question of the user.
You are a concise assistant. Keep your answers short.
Help the user with simple questions.""".split("\n")
SYSTEMS = [s.replace("\\n", "\n") for s in SYSTEMS]

CONFIG_JSON = '''{
  "baseline_models": [
    { "name": "base", "endpoint": "%s" }
  ],
  "twodelta_models": [
    { "name": "chat", "endpoint": "%s" }
  ]
}'''
ADD_ASKS = "[how do i|how can i|how to|how do you|explain how to|show me how to|what do i do to|i want to|where do i|how would i|what are the steps to|can i] [add|configure|set up|install|register|connect|include] [a model|another model|a new model|my own model|models|my model|a new model in tandem|a model to tandem|a checkpoint|more models|a local model|my own checkpoint]"
ADD_MORE = "[show me a config.json|what does config.json look like|give me an example of config.json|show me an example config|how does the config file look|what is in config.json|write a config.json|show me the configuration|give me a json example|how do i write the config.json|give me a config.json for two models|what is config.json|how do i configure tandem|show me some json|example config]"
ADD_ANSWER = """[You can add a model in three steps:|To add a model, follow these steps:]

1. [Put the checkpoint into the `checkpoints` folder, or start a model server.|Start your model server, or copy a GGUF file into the `checkpoints` folder.]
2. Write the model into `config.json`.
3. [Reload the page and choose the model in its pane.|Choose the new model in its pane.]

@JSON

[Every model needs a **name** and an **endpoint**.|Only the name and the endpoint are required.]"""

LONG = [("[explain in detail what tandem does|explain tandem in detail|give me a long explanation of tandem|write a guide to tandem|tell me everything about tandem|explain tandem with headings|write a long text about tandem|give me an overview of tandem]",
"""## What Tandem does

Tandem compares two language models **side by side**. The *baseline* is the model that you start from. The *Two Delta* model is a derivative that was trained further.

## How to use it

1. Choose a baseline and a Two Delta model.
2. Write a message and press **Ctrl+Enter**.
3. Watch both answers while they stream.
4. Press **Esc** to stop one stream, or **Shift+Esc** to stop both.

## What to look for

- Which answer is easier to understand?
- Which answer is correct?
- Which model is faster?

You can change the temperature, top-p and the seed and ask again."""),
("[explain the sampling parameters|what are the sampling parameters|explain the parameters in detail|what do the parameters mean|explain sampling|explain all settings|what are the settings|explain temperature, top-p and seed|list the parameters and what they do|explain the settings in detail]",
"""## Sampling parameters

- **Temperature** sets how random the answers are. A low value gives safe answers, and a high value gives surprising answers.
- **Top-p** limits the choice to the most likely tokens whose probabilities add up to p.
- **Top-k** limits the choice to the k most likely tokens.
- **Repetition penalty** makes it less likely that the model repeats itself.
- **Seed** starts the random choices, so the same seed gives the same answer again.

A good start is this:

```json
{
  "temperature": 0.7,
  "top_p": 0.9,
  "top_k": 50,
  "repetition_penalty": 1.1
}
```"""),
("[explain how a language model works|how does a language model work|how do language models work|explain language models in detail|how does an llm work|how do you write text|how does a model generate text|explain how a model writes text|how do you think]",
"""## How a language model writes

1. **Tokens.** The text is cut into small pieces, the tokens.
2. **Prediction.** The model looks at all tokens so far and gives every possible next token a probability.
3. **Choice.** One token is chosen. The temperature sets how random this choice is.
4. **Repeat.** The new token is added to the text, and the model predicts the next one.

The model stops when it chooses the special token for the end of the answer.""")]
