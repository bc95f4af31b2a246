"""The Python SDK `ringcentral` against the simulator."""

import asyncio
import hashlib
import json
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request

from ringcentral import SDK
from ringcentral.http.api_exception import ApiException
from ringcentral.websocket.events import WebSocketEvents

READY = json.loads(os.environ["SIMULATOR_READY"])
PERSON, COLLEAGUE = READY["extensions"][0], READY["extensions"][1]


def step(text):
    print(f"ok   {text}", flush=True)


def control(path, body):
    request = urllib.request.Request(
        READY["control_url"] + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    return json.load(urllib.request.urlopen(request))


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def consent(login_url, extension_id):
    """Plays the browser: opens the page, chooses the person, allows."""
    html = urllib.request.urlopen(login_url).read().decode()
    fields = dict(re.findall(r'<input type=hidden name=(\w+) value="([^"]*)">', html))
    fields = {name: value.replace("&amp;", "&") for name, value in fields.items()}
    fields |= {"person": extension_id, "decision": "allow"}
    opener = urllib.request.build_opener(NoRedirect)
    try:
        opener.open(READY["base_url"] + "/restapi/oauth/authorize", urllib.parse.urlencode(fields).encode())
    except urllib.error.HTTPError as answer:
        assert answer.code == 302, answer.code
        return answer.headers["location"]
    raise AssertionError("the browser was not sent back")


def reading(platform):
    me = platform.get("/restapi/v1.0/account/~/extension/~").json_dict()
    assert me["extensionNumber"] == PERSON["number"]
    log = platform.get("/restapi/v1.0/account/~/extension/~/call-log", {"perPage": 5, "dateFrom": "2020-01-01T00:00:00Z"})
    assert len(log.json_dict()["records"]) == 5
    assert log.response().headers["X-Rate-Limit-Group"] == "heavy"
    control("/texts", {"from": "+14155550123", "to": PERSON["phone_number"], "text": "from python"})
    messages = platform.get("/restapi/v1.0/account/~/extension/~/message-store", {"messageType": "SMS"}).json_dict()
    assert messages["records"][0]["subject"] == "from python"
    message = f"/restapi/v1.0/account/~/extension/~/message-store/{messages['records'][0]['id']}"
    assert platform.put(message, {"readStatus": "Read"}).json_dict()["readStatus"] == "Read"
    step("reads the call log and messages, and marks one read")
    try:
        platform.get("/restapi/v1.0/account/~/extension/1")
        raise AssertionError("an unknown extension was found")
    except ApiException as error:
        assert "not found" in str(error), error
    step("sees errors as errors")


def faxing(sdk, platform):
    document = bytes(range(256)) * 300
    builder = sdk.create_multipart_builder()
    builder.set_body({"to": [{"phoneNumber": "+14155550129"}], "faxResolution": "High", "coverIndex": 0})
    builder.add(("plan.psd", document, "application/octet-stream"))
    builder.add(("note.txt", "Thirty bars\n", "text/plain"))
    sent = platform.send_request(builder.request("/restapi/v1.0/account/~/extension/~/fax")).json_dict()
    assert (sent["messageStatus"], sent["coverIndex"]) == ("Queued", 0), sent
    for _ in range(400):
        message = platform.get(f"/restapi/v1.0/account/~/extension/~/message-store/{sent['id']}").json_dict()
        if message["messageStatus"] != "Queued":
            break
        time.sleep(0.05)
    assert message["messageStatus"] == "Sent", message
    entries = json.load(urllib.request.urlopen(READY["control_url"] + "/ledger"))["entries"]
    entry = next(entry for entry in entries if entry["message_id"] == str(sent["id"]))
    expected = [("plan.psd", hashlib.sha256(document).hexdigest()), ("note.txt", hashlib.sha256(b"Thirty bars\n").hexdigest())]
    assert [(file["name"], file["sha256"]) for file in entry["files"]] == expected, entry["files"]
    step("sends a fax of two files, which arrive as they were")


async def events(sdk):
    client = sdk.create_web_socket_client()
    received = []
    subscribed = asyncio.Event()

    def created(connected):
        asyncio.get_event_loop().create_task(
            connected.create_subscription(["/restapi/v1.0/account/~/extension/~/message-store"])
        )

    client.on(WebSocketEvents.connectionCreated, created)
    client.on(WebSocketEvents.subscriptionCreated, lambda _: subscribed.set())
    client.on(WebSocketEvents.receiveSubscriptionNotification, received.append)
    connection = asyncio.create_task(client.create_new_connection())
    await asyncio.wait_for(subscribed.wait(), 20)
    step("subscribes over WebSocket")
    text = {"from": "+14155550123", "to": PERSON["phone_number"], "text": "an event, please"}
    await asyncio.to_thread(control, "/texts", text)
    for _ in range(200):
        if received:
            break
        await asyncio.sleep(0.1)
    assert received, "no notification came"
    assert received[0][1]["body"]["changes"][0]["type"] == "SMS", received[0]
    step("receives a message-store event")
    connection.cancel()


def main():
    sdk = SDK(READY["client_id"], READY["client_secret"], READY["base_url"])
    platform = sdk.platform()
    platform.login(jwt=PERSON["jwt"])
    step(f"signs in with a JWT as {PERSON['number']}")
    platform.refresh()
    step("refreshes its token")
    reading(platform)
    faxing(sdk, platform)
    asyncio.run(events(sdk))

    listed = platform.get("/restapi/v1.0/account/~/extension", {"extensionNumber": COLLEAGUE["number"]}).json_dict()
    redirect = "http://127.0.0.1:5124/done"
    query = {"response_type": "code", "client_id": READY["client_id"], "redirect_uri": redirect, "state": "s"}
    login_url = READY["base_url"] + "/restapi/oauth/authorize?" + urllib.parse.urlencode(query)
    returned = urllib.parse.urlparse(consent(login_url, listed["records"][0]["id"]))
    code = urllib.parse.parse_qs(returned.query)["code"][0]
    other = SDK(READY["client_id"], READY["client_secret"], READY["base_url"]).platform()
    other.login(code=code, redirect_uri=redirect)
    assert other.get("/restapi/v1.0/account/~/extension/~").json_dict()["extensionNumber"] == COLLEAGUE["number"]
    step(f"signs in with a code as {COLLEAGUE['number']}")
    other.logout()
    platform.logout()
    step("signs out")


if __name__ == "__main__":
    main()
