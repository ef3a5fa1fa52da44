"""A small relay of the same job, as one would write it with Flask and gevent: reads the model server's events, sends frames."""
from gevent import monkey

monkey.patch_all()

import json
import sys

import requests
from flask import Flask, Response, request
from gevent.pywsgi import WSGIServer

port, upstream = int(sys.argv[1]), int(sys.argv[2])
app = Flask(__name__)


@app.post("/stream")
def stream():
    asked = request.get_json()
    body = {"model": "stand-in", "stream": True, "messages": [{"role": "user", "content": asked["prompt"]}],
            "max_tokens": asked["max_tokens"], "top_k": asked["top_k"]}

    def frames():
        number = 0
        with requests.post(f"http://127.0.0.1:{upstream}/v1/chat/completions", json=body, stream=True) as answer:
            for line in answer.iter_lines():
                if not line.startswith(b"data: {"):
                    continue
                choice = json.loads(line[6:])["choices"][0]
                number += 1
                frame = {"token": choice["delta"].get("content", ""), "done": choice["finish_reason"] is not None}
                if frame["done"]:
                    frame["finish_reason"] = choice["finish_reason"]
                yield f"id: x.{number}\ndata: {json.dumps(frame, separators=(',', ':'))}\n\n"
                if frame["done"]:
                    break

    return Response(frames(), mimetype="text/event-stream")


WSGIServer(("127.0.0.1", port), app, log=None, backlog=8192).serve_forever()
