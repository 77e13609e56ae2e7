from openai import OpenAI

from cases import ANSWER, GATEWAY, TOKEN, expect_equal, run_cases

client = OpenAI(base_url=f"{GATEWAY}/v1", api_key=TOKEN, max_retries=0)
one_model = OpenAI(base_url=f"{GATEWAY}/openai/gpt-5", api_key=TOKEN, max_retries=0)
MODEL = "openai/gpt-5"
MESSAGES = [{"role": "user", "content": "Hello"}]


def chat():
    completion = client.chat.completions.create(model=MODEL, messages=MESSAGES)
    expect_equal(completion.choices[0].message.content, ANSWER)


def chat_streamed():
    stream = client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
    expect_equal(text, ANSWER)


def chat_at_one_model():
    completion = one_model.chat.completions.create(model="gpt-5", messages=MESSAGES)
    expect_equal(completion.choices[0].message.content, ANSWER)


def response():
    expect_equal(client.responses.create(model=MODEL, input="Hello").output_text, ANSWER)


def response_streamed():
    with client.responses.stream(model=MODEL, input="Hello") as stream:
        expect_equal(stream.get_final_response().output_text, ANSWER)


def embeddings():
    made = client.embeddings.create(model="openai/text-embedding-3-small", input="Hello")
    expect_equal(made.data[0].embedding, [0.25, 0.5])


def audio_upload():
    file = ("speech.mp3", bytes(200_000))
    expect_equal(client.audio.transcriptions.create(model="openai/whisper-1", file=file).text, ANSWER)


def file_upload():
    file = ("batch.jsonl", b"{}\n" * 70_000)
    expect_equal(client.files.create(file=file, purpose="batch").filename, "batch.jsonl")


def model_list():
    expect_equal("anthropic/claude-sonnet-5-5" in [model.id for model in client.models.list()], True)


def model_retrieve():
    expect_equal(client.models.retrieve(MODEL).id, MODEL)


run_cases(
    [
        ("chat", chat),
        ("chat, streamed", chat_streamed),
        ("chat, base URL of one model", chat_at_one_model),
        ("response", response),
        ("response, streamed", response_streamed),
        ("embeddings", embeddings),
        ("audio upload", audio_upload),
        ("file upload, no model named", file_upload),
        ("model list", model_list),
        ("model retrieve", model_retrieve),
    ]
)
