from anthropic import Anthropic

from cases import ANSWER, GATEWAY, TOKEN, expect_equal, run_cases

client = Anthropic(base_url=GATEWAY, api_key=TOKEN, max_retries=0)
with_bearer = Anthropic(base_url=GATEWAY, auth_token=TOKEN, max_retries=0)
one_model = Anthropic(base_url=f"{GATEWAY}/anthropic/claude-sonnet-5-5", api_key=TOKEN, max_retries=0)
MODEL = "anthropic/claude-sonnet-5-5"
MESSAGES = [{"role": "user", "content": "Hello"}]


def text_of(message):
    return [block.text for block in message.content if block.type == "text"]


def message():
    expect_equal(text_of(client.messages.create(model=MODEL, max_tokens=100, messages=MESSAGES)), [ANSWER])


def message_streamed():
    with client.messages.stream(model=MODEL, max_tokens=100, messages=MESSAGES) as stream:
        expect_equal(stream.get_final_text(), ANSWER)


def message_with_bearer():
    expect_equal(text_of(with_bearer.messages.create(model=MODEL, max_tokens=100, messages=MESSAGES)), [ANSWER])


def message_at_one_model():
    made = one_model.messages.create(model="claude-sonnet-5-5", max_tokens=100, messages=MESSAGES)
    expect_equal(text_of(made), [ANSWER])


def count_tokens():
    expect_equal(client.messages.count_tokens(model=MODEL, messages=MESSAGES).input_tokens > 0, True)


def file_upload():
    made = client.beta.files.upload(file=("notes.txt", b"a" * 200_000, "text/plain"))
    expect_equal(made.filename, "notes.txt")


def model_list():
    expect_equal(MODEL in [model.id for model in client.models.list()], True)


def model_retrieve():
    expect_equal(client.models.retrieve(MODEL).id, MODEL)


run_cases(
    [
        ("message", message),
        ("message, streamed", message_streamed),
        ("message, bearer", message_with_bearer),
        ("message, base URL of one model", message_at_one_model),
        ("count tokens", count_tokens),
        ("file upload, no model named", file_upload),
        ("model list", model_list),
        ("model retrieve", model_retrieve),
    ]
)
