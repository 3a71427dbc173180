-- Posts the file BODY, of the type CONTENT_TYPE, with the Inference-Header-Content-Length HEADER_LENGTH if there is one.
wrk.method = "POST"
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = os.getenv("CONTENT_TYPE")
local length = os.getenv("HEADER_LENGTH")
if length and length ~= "" then wrk.headers["Inference-Header-Content-Length"] = length end
