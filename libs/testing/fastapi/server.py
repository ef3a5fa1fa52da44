"""
A FastAPI server for tests: echoes the last user message token by token at a settable speed, in the shape of OpenAI or in
one of those that people write by hand.
"""

import argparse
import asyncio
import json
import re
import time

import anyio
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel
from serve import serve

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="echo")
parser.add_argument("--tokens-per-second", type=float, default=0, help="0: as fast as it goes")
parser.add_argument("--key", default="", help="the bearer key that /v1 asks for; empty: none")
parser.add_argument("--shape", default="openai", choices=["openai", "text", "sse-text", "sse-json", "lines", "json"])
parser.add_argument("--strict", action="store_true", help="refuse fields beyond prompt and max_new_tokens")
parser.add_argument("--break-after", type=int, default=-1, help="fail after that many tokens; -1: never")
options = parser.parse_args()

app = FastAPI()
work = {"active": 0, "finished": 0, "cancelled": 0}
changed = asyncio.Condition()


async def count(**changes):
    async with changed:
        for name, by in changes.items():
            work[name] += by
        changed.notify_all()


def tokens_of(text):
    return re.findall(r"\s*\S+|\s+$", text)


def chunk(delta, finish_reason=None):
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": options.model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}],
    }


def event(data):
    return "data: " + (data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)) + "\n\n"


class Streamed(StreamingResponse):
    """Ends its generator as soon as the client is gone, also where that is found out by a write: else only the garbage collector would."""

    async def __call__(self, scope, receive, send):
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await self.body_iterator.aclose()


async def stream(tokens, finish_reason, usage):
    await count(active=1)
    outcome = "cancelled"
    try:
        yield event(chunk({"role": "assistant", "content": ""}))
        for token in tokens:
            if options.tokens_per_second > 0:
                await asyncio.sleep(1 / options.tokens_per_second)
            yield event(chunk({"content": token}))
        yield event(chunk({}, finish_reason))
        yield event({**chunk({}), "choices": [], "usage": usage})
        outcome = "finished"
        yield event("[DONE]")
    finally:
        await asyncio.shield(count(active=-1, **{outcome: 1}))


@app.middleware("http")
async def check_key(request: Request, call_next):
    if options.key and request.url.path.startswith("/v1") and request.headers.get("authorization") != f"Bearer {options.key}":
        return JSONResponse({"detail": "Not authenticated"}, 401)
    return await call_next(request)


@app.get("/health")
def health():
    return {"status": "ok"}


def only_for(*shapes):
    """Adds the route where the server has one of these shapes."""
    return lambda route: route if options.shape in shapes else lambda handler: handler


@only_for("openai")(app.get("/v1/models"))
def models():
    return {"object": "list", "data": [{"id": options.model, "object": "model", "owned_by": "tests"}]}


@only_for("openai")(app.post("/v1/chat/completions"))
async def complete(request: Request):
    body = await request.json()
    prompt = body["messages"][-1]["content"]
    tokens = tokens_of(prompt)[: body["max_tokens"]]
    finish_reason = "stop" if len(tokens) == len(tokens_of(prompt)) else "length"
    prompt_tokens = sum(len(tokens_of(message["content"])) for message in body["messages"])
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": len(tokens), "total_tokens": prompt_tokens + len(tokens)}
    if body.get("stream"):
        return Streamed(stream(tokens, finish_reason, usage), media_type="text/event-stream")
    message = {"role": "assistant", "content": "".join(tokens)}
    return {**chunk({}), "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}], "usage": usage}


PLAIN = {
    "text": ("text/plain; charset=utf-8", lambda token: token, ""),
    "sse-text": ("text/event-stream", lambda token: "".join(f"data: {line}\n" for line in token.split("\n")) + "\n", event("[DONE]")),
    "sse-json": ("text/event-stream", lambda token: event({"token": token}), ""),
    "lines": ("application/x-ndjson", lambda token: json.dumps({"text": token}) + "\n", json.dumps({"text": "", "done": True}) + "\n"),
}


class Ask(BaseModel):
    prompt: str
    max_new_tokens: int = 512

    class Config:
        extra = "forbid" if options.strict else "ignore"


async def plain_stream(tokens, frame, end):
    await count(active=1)
    outcome = "cancelled"
    try:
        for number, token in enumerate(tokens):
            if number == options.break_after:
                outcome = "finished"
                raise RuntimeError("broken on purpose")
            if options.tokens_per_second > 0:
                await asyncio.sleep(1 / options.tokens_per_second)
            yield frame(token).encode()
        outcome = "finished"
        if end:
            yield end.encode()
    finally:
        await asyncio.shield(count(active=-1, **{outcome: 1}))


@only_for("text", "sse-text", "sse-json", "lines", "json")(app.post("/generate"))
async def generate(ask: Ask):
    tokens = tokens_of(ask.prompt)[: ask.max_new_tokens]
    if options.shape == "json":
        return {"generated_text": "".join(tokens)}
    media_type, frame, end = PLAIN[options.shape]
    return Streamed(plain_stream(tokens, frame, end), media_type=media_type)


@app.get("/work")
async def report(cancelled: int = 0):
    """What was asked of this server; waits until that many answers were cancelled."""
    async with changed:
        await changed.wait_for(lambda: work["cancelled"] >= cancelled)
    return work


serve(app)
