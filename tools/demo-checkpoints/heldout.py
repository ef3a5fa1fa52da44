"""Write heldout-prose.txt and heldout-chat.jsonl: other seeds, and nothing that occurs in training.

    python3 heldout.py corpus.txt chat.jsonl
"""
import json, random, sys
from chat import dialog
from prose import document

seen = {d.strip() for d in open(sys.argv[1]).read().split("\n\n\n")}
rng, out = random.Random(9001), []
while len(out) < 90:
    d = document(rng)
    if d not in seen:
        out.append(d)
open("heldout-prose.txt", "w").write("\n\n".join(out) + "\n")

seen = set(open(sys.argv[2]).read().splitlines())
rng, out = random.Random(9002), []
while len(out) < 60:
    d = dialog(rng)
    if json.dumps(d) not in seen and len(json.dumps(d)) < 900:
        out.append({"messages": [{"role": r, "content": c} for r, c in d]})
open("heldout-chat.jsonl", "w").write("".join(json.dumps(d) + "\n" for d in out))
