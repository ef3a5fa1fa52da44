"""Small tokenizers of every kind, trained on the fixtures' text."""
import io
import json
import re
import sentencepiece
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA3 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|" + REST
QWEN2 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|" + REST
DEEPSEEK3 = [r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+", r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"""]
BYTES = lambda: pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
CUT = lambda regex: pre_tokenizers.Split(Regex(regex), 'isolated')
PRE_TOKENIZERS = {
    'gpt-2': lambda: pre_tokenizers.ByteLevel(add_prefix_space=False),
    'llama-bpe': lambda: pre_tokenizers.Sequence([CUT(LLAMA3), BYTES()]),
    'qwen2': lambda: pre_tokenizers.Sequence([CUT(QWEN2), BYTES()]),
    'deepseek-v3': lambda: pre_tokenizers.Sequence([*map(CUT, DEEPSEEK3), BYTES()]),
    'smollm': lambda: pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]),
}


def byte_level(text, pre, special, size, bos=None, takes_whole_words=False, composes=False):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer, tokenizer.decoder = PRE_TOKENIZERS[pre](), decoders.ByteLevel()
    if composes:
        tokenizer.normalizer = normalizers.NFC()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator([text], trainers.BpeTrainer(vocab_size=size, special_tokens=special, initial_alphabet=alphabet, show_progress=False))
    if bos is not None:
        tokenizer.post_processor = processors.TemplateProcessing(single=f'{bos} $A', special_tokens=[(bos, tokenizer.token_to_id(bos))])
    document = json.loads(tokenizer.to_str())
    document['model']['ignore_merges'] = takes_whole_words
    document['added_tokens'].append({**document['added_tokens'][0], 'id': tokenizer.get_vocab_size(), 'content': '[tool]', 'special': False})
    return document


def sentence_piece(text, size):
    """A SentencePiece model as llama2.c trains it."""
    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text.split('\n')), model_writer=out, model_type='bpe', vocab_size=size, byte_fallback=True, character_coverage=1.0,
        split_digits=True, allow_whitespace_only_pieces=True, normalization_rule_name='identity', remove_extra_whitespaces=False, minloglevel=2)
    return out.getvalue()


def ranked_pieces(model):
    """The same vocabulary as merges, as transformers keeps it."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    ids = {piece: i for i, piece in enumerate(pieces)}
    normal = [i for i in range(len(pieces)) if not (processor.is_control(i) or processor.is_unknown(i) or processor.is_byte(i))]
    merges = []
    for i in sorted(normal, key=lambda one: -processor.get_score(one)):
        pairs = [(pieces[i][:n], pieces[i][n:]) for n in range(1, len(pieces[i]))]
        merges += sorted((pair for pair in pairs if all(part in ids for part in pair)), key=lambda pair: (ids[pair[0]], ids[pair[1]]))
    special = [{'id': i, 'content': pieces[i], 'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False, 'special': True} for i in range(3)]
    return {
        'version': '1.0', 'truncation': None, 'padding': None, 'added_tokens': special,
        'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'Prepend', 'prepend': '▁'}, {'type': 'Replace', 'pattern': {'String': ' '}, 'content': '▁'}]},
        'pre_tokenizer': None,
        'post_processor': {'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': '<s>', 'type_id': 0}}, {'Sequence': {'id': 'A', 'type_id': 0}}],
                           'pair': [{'Sequence': {'id': 'A', 'type_id': 0}}, {'Sequence': {'id': 'B', 'type_id': 0}}], 'special_tokens': {'<s>': {'id': '<s>', 'ids': [1], 'tokens': ['<s>']}}},
        'decoder': {'type': 'Sequence', 'decoders': [{'type': 'Replace', 'pattern': {'String': '▁'}, 'content': ' '}, {'type': 'ByteFallback'}, {'type': 'Fuse'}, {'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}]},
        'model': {'type': 'BPE', 'dropout': None, 'unk_token': '<unk>', 'continuing_subword_prefix': None, 'end_of_word_suffix': None, 'fuse_unk': True, 'byte_fallback': True, 'ignore_merges': False, 'vocab': ids, 'merges': [f'{a} {b}' for a, b in merges]},
    }


class Json:
    """Encodes by a tokenizer.json."""

    def __init__(self, document):
        self.tokenizer = Tokenizer.from_str(json.dumps(document))
        self.size = self.tokenizer.get_vocab_size()

    def encode(self, text, special=True):
        return self.tokenizer.encode(text, add_special_tokens=special).ids

    def decode(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=True)


class Pieces:
    """Encodes by a tokenizer.model."""

    def __init__(self, model):
        self.processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        self.size = self.processor.get_piece_size()

    def encode(self, text, special=True):
        return ([1] if special else []) + self.processor.encode(text)

    def decode(self, ids):
        return self.processor.decode(ids)


class Characters:
    def __init__(self, text):
        self.letters = sorted(set(text))
        self.size = len(self.letters)

    def encode(self, text, special=True):
        return [self.letters.index(letter) for letter in text]

    def decode(self, ids):
        return ''.join(self.letters[i] for i in ids)
