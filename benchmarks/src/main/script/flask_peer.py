"""The mean squared error as a service of Flask and numpy, for http.sh: JSON, or .npy files in a form."""
import io
import sys

import numpy
from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["MAX_FORM_MEMORY_SIZE"] = None


@app.post("/mse")
def mse():
    if request.is_json:
        body = request.get_json()
        y_true, y_pred = numpy.array(body["y_true"]), numpy.array(body["y_pred"])
    else:
        y_true, y_pred = (numpy.load(io.BytesIO(request.files[name].read())) for name in ("y_true", "y_pred"))
    return jsonify(loss=float(numpy.mean((y_true - y_pred) ** 2, dtype="float64")))


@app.get("/")
def ready():
    return "ready"


app.run(port=int(sys.argv[1]), threaded=True)
