import io

from google import genai

from cases import ANSWER, GATEWAY, TOKEN, expect_equal, run_cases

client = genai.Client(api_key=TOKEN, http_options={"base_url": f"{GATEWAY}/gemini"})
one_model = genai.Client(api_key=TOKEN, http_options={"base_url": f"{GATEWAY}/gemini/gemini-2.5-flash"})
MODEL = "gemini-2.5-flash"


def generate():
    expect_equal(client.models.generate_content(model=MODEL, contents="Hello").text, ANSWER)


def generate_streamed():
    chunks = client.models.generate_content_stream(model=MODEL, contents="Hello")
    expect_equal("".join(chunk.text or "" for chunk in chunks), ANSWER)


def generate_at_one_model():
    expect_equal(one_model.models.generate_content(model=MODEL, contents="Hello").text, ANSWER)


def chat():
    expect_equal(client.chats.create(model=MODEL).send_message("Hello").text, ANSWER)


def embeddings():
    made = client.models.embed_content(model="gemini-embedding-001", contents="Hello")
    expect_equal(made.embeddings[0].values, [0.25, 0.5])


def file_upload():
    config = {"mime_type": "text/plain", "display_name": "notes"}
    expect_equal(client.files.upload(file=io.BytesIO(b"a" * 200_000), config=config).display_name, "notes")


def model_list():
    expect_equal(f"models/{MODEL}" in [model.name for model in client.models.list()], True)


def model_retrieve():
    expect_equal(client.models.get(model=MODEL).name, f"models/{MODEL}")


run_cases(
    [
        ("generateContent", generate),
        ("generateContent, streamed", generate_streamed),
        ("generateContent, base URL of one model", generate_at_one_model),
        ("chat", chat),
        ("embeddings", embeddings),
        ("file upload, no model named", file_upload),
        ("model list", model_list),
        ("model retrieve", model_retrieve),
    ]
)
