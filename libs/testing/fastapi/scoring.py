"""
A FastAPI server for tests that tells how likely a prompt is in the words of vLLM, SGLang or TGI, right or wrong. Its model is no model:
how likely a token is follows from its id and the one before it.
"""

import argparse
import json
import re
import zlib

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from serve import serve

parser = argparse.ArgumentParser()
parser.add_argument("--shape", default="vllm", choices=["vllm", "sglang", "tgi"])
parser.add_argument("--fault", default="", help="what is wrong with its answers; empty: nothing")
parser.add_argument("--lacks", default="", help="what an older or a stricter one has not, by commas: spellings, ids, tokenize, messages, detokenize, owner, bos")
options = parser.parse_args()
lacks = set(options.lacks.split(","))

app = FastAPI()
asked = []

BOS = 1
OPENING = "" if "bos" in lacks else "<s>"
OWN = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
OTHERS = [byte for byte in range(256) if byte not in OWN]
CHARACTER_OF = {byte: chr(byte) for byte in OWN} | {byte: chr(256 + place) for place, byte in enumerate(OTHERS)}
bytes_of = {BOS: b"<s>"}


def id_of(piece):
    number = 3 + piece[0] if len(piece) == 1 else 300 + zlib.crc32(piece) % 30_000
    assert bytes_of.setdefault(number, piece) == piece
    return number


def tokens_of(text):
    """Words and signs with the space before them; what is not ASCII in two bytes and then one by one."""
    pieces = []
    for word in re.findall(r"<s>| ?[A-Za-z0-9]+| ?[!-/:-@\[-`{-~]| ?[^\x00-\x7f]| |[\x00-\x1f\x7f]", text):
        if word.isascii():
            pieces.append(word.encode())
            continue
        space, character = (b" ", word[1:].encode()) if word.startswith(" ") else (b"", word.encode())
        pieces += [space + character[:2], *(character[at : at + 1] for at in range(2, len(character)))]
    return [BOS if piece == b"<s>" else id_of(piece) for piece in pieces]


def spelled(token):
    return "<s>" if token == BOS else "".join(CHARACTER_OF[byte] for byte in bytes_of[token])


def decoded(token):
    return bytes_of[token].decode("utf-8", errors="replace")


def rendered(messages, opens, goes_on):
    turns = [f"[{message['role']}]{message['content']}\n" for message in messages]
    text = OPENING + "".join(turns)
    return text[:-1] if goes_on else text + ("[assistant]" if opens else "")


def logprob(ids, at):
    return -((ids[at] * 7919 + ids[at - 1] * 104_729) % 8_191) / 1_024 - 0.125


ALTERNATIVES = [id_of(b" the"), id_of(b" a"), id_of(b"\n"), id_of(" é".encode()), id_of(b"0")]


def likeliest(ids, at, count):
    """The token itself is among them where it is likely enough, as one of the places above it is free."""
    own = logprob(ids, at)
    others = [(-(0.5 + number * 1.25), token) for number, token in enumerate(ALTERNATIVES) if token != ids[at]]
    ranked = sorted([(own, ids[at]), *others], reverse=True)
    rank = ranked.index((own, ids[at])) + 1
    return ranked[:count], rank


def spoil(values):
    """Values of one prompt, the first of them null, as a server gives them that something is wrong with."""
    middle = len(values) // 2
    match options.fault:
        case "fewer":
            return values[:-1]
        case "more":
            return [*values, values[-1]]
        case "null":
            return [None if at == middle else value for at, value in enumerate(values)]
    return values


def spoiled(number):
    return {"nan": float("nan"), "infinite": float("-inf"), "clamped": -9999.0, "positive": 3.5, "words": "-1.5"}.get(options.fault, number)


def answer(document):
    """NaN and Infinity as Python writes them, which is not JSON."""
    if options.fault == "huge":
        document = {**document, "padding": "x" * (80 * 1024 * 1024)}
    return Response(json.dumps(document), media_type="application/json")


def only_for(*shapes):
    return lambda route: route if options.shape in shapes else lambda handler: handler


async def read(request):
    body = await request.json()
    asked.append({"path": request.url.path, "body": body})
    return body


@app.get("/asked")
def told():
    return asked


@only_for("vllm", "sglang")(app.get("/v1/models"))
def models():
    owner = "somebody" if "owner" in lacks else options.shape
    return {"object": "list", "data": [{"id": "m", "object": "model", "owned_by": owner, "max_model_len": 4096}]}


@only_for("tgi")(app.get("/info"))
def info():
    return {"model_id": "m", "max_total_tokens": 4096, "max_concurrent_requests": 8, "version": "3.3.6"}


def refusal(words, status=400):
    return JSONResponse({"object": "error", "message": words, "type": "BadRequestError", "code": status}, status)


@only_for("vllm", "sglang")(app.post("/tokenize"))
async def tokenize(request: Request):
    body = await read(request)
    if "tokenize" in lacks or ("messages" in body and "messages" in lacks):
        return refusal("Not Found", 404)
    if "messages" in body:
        text = rendered(body["messages"], body.get("add_generation_prompt", True), body.get("continue_final_message", False))
    else:
        text = (OPENING if body.get("add_special_tokens", True) else "") + body["prompt"]
    ids = tokens_of(text)
    strings = [spelled(token) for token in ids] if body.get("return_token_strs") and options.shape == "vllm" and "spellings" not in lacks else None
    return {"count": len(ids), "max_model_len": 4096, "tokens": ids, "token_strs": strings}


@only_for("vllm", "sglang")(app.post("/detokenize"))
async def detokenize(request: Request):
    body = await read(request)
    if "detokenize" in lacks:
        return refusal("Not Found", 404)
    keeps = options.shape == "vllm" or body.get("skip_special_tokens", True) is False
    text = b"".join(bytes_of[token] for token in body["tokens"] if keeps or token != BOS).decode("utf-8", errors="replace")
    return {"prompt": text} if options.shape == "vllm" else {"text": text}


def entries(ids, count):
    """vLLM's, the token itself first: an order that JSON objects with such keys do not keep."""
    told = []
    for at in range(1, len(ids)):
        top, rank = likeliest(ids, at, count)
        places = {ids[at]: (logprob(ids, at), rank)} | {token: (value, place + 1) for place, (value, token) in enumerate(top)}
        told.append({str(token): {"logprob": spoiled(value), "rank": place, "decoded_token": decoded(token)} for token, (value, place) in places.items()})
    return spoil([None, *told])


def generated(text="and"):
    return [{"index": 0, "text": text, "message": {"role": "assistant", "content": text}, "finish_reason": "length", "logprobs": None}]


@only_for("vllm")(app.post("/v1/completions"))
async def complete(request: Request):
    body = await read(request)
    prompt = body["prompt"]
    if isinstance(prompt, list) and "ids" in lacks:
        return refusal("prompt: Input should be a valid string")
    if body.get("echo"):
        return refusal("echo is not supported")
    ids = prompt if isinstance(prompt, list) else tokens_of(OPENING + prompt)
    if len(ids) > 4096:
        return refusal(f"This model's maximum context length is 4096 tokens. However, you requested {len(ids)}: {decoded(ids[-1])}")
    if body.get("prompt_logprobs", 0) > 20:
        return refusal("Requested prompt logprobs of more than max allowed: 20")
    if options.fault == "generates" or "prompt_logprobs" not in body:
        return answer({"object": "text_completion", "choices": generated()})
    return answer({"object": "text_completion", "choices": [{**generated()[0], "prompt_logprobs": entries(ids, body["prompt_logprobs"])}]})


@only_for("vllm", "sglang")(app.post("/v1/chat/completions"))
async def chat(request: Request):
    body = await read(request)
    ids = tokens_of(rendered(body["messages"], body.get("add_generation_prompt", True), body.get("continue_final_message", False)))
    told = {} if options.shape == "sglang" else {"prompt_logprobs": entries(ids, body.get("prompt_logprobs", 0))}
    return answer({"object": "chat.completion", "choices": generated(), **told})


def fragment(token):
    """Newer versions write part of a character by its bytes."""
    piece = bytes_of[token]
    return piece.decode("latin-1") if options.fault != "replaced" and "\ufffd" in decoded(token) else decoded(token)


@only_for("sglang")(app.post("/generate"))
async def generate(request: Request):
    body = await read(request)
    ids = body.get("input_ids") or tokens_of(OPENING + body["text"])
    start = body.get("logprob_start_len", -1)
    if options.fault == "generates" or not body.get("return_logprob") or start < 0:
        return answer({"text": " and", "meta_info": {"finish_reason": {"type": "length"}}})
    count = body.get("top_logprobs_num", 0)
    own = [[None, ids[start], fragment(ids[start])]]
    top = [None]
    for at in range(start + 1, len(ids)):
        own.append([spoiled(logprob(ids, at)), ids[at], fragment(ids[at])])
        top.append([[value, token, fragment(token)] for value, token in likeliest(ids, at, count)[0]])
    if options.fault == "others":
        own[-1][1] += 1
    return answer({"text": " and", "meta_info": {"input_token_logprobs": spoil(own), "input_top_logprobs": top, "output_token_logprobs": []}})


@only_for("tgi")(app.post("/generate"))
async def generate_prefill(request: Request):
    body = await read(request)
    ids = tokens_of(OPENING + body["inputs"])
    details = {"finish_reason": "length", "generated_tokens": 1, "tokens": [], "prefill": []}
    if options.fault == "generates" or not body["parameters"].get("decoder_input_details"):
        return answer({"generated_text": " and", "details": details})
    tokens = [{"id": ids[0], "text": decoded(ids[0]), "logprob": None}]
    tokens += [{"id": ids[at], "text": decoded(ids[at]), "logprob": spoiled(logprob(ids, at))} for at in range(1, len(ids))]
    return answer({"generated_text": " and", "details": {**details, "prefill": spoil(tokens)}})


serve(app)
