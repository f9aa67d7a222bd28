#!/usr/bin/python3
"""Makes fixtures/clients from AWS's service models, with botocore as an independent opinion.

  model.json      every member name, type, required member, enum and error code of our operations
  requests.json   sample inputs and what botocore sends for them
  responses.json  sample answers and what botocore reads from them

Usage: tools/make_client_fixtures.py [MODELS]
  MODELS  folder with <service>/service-2.json.gz; what is not there is taken from botocore's own models.
"""

import gzip
import json
import os
import sys
import zlib
from datetime import datetime, timezone
from xml.sax.saxutils import escape

import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.serialize
import botocore.validate

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from client_samples import SAMPLES  # noqa: E402

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "clients")
TIME = "2026-01-05T10:00:00Z"
EPOCH = int(datetime(2026, 1, 5, 10, tzinfo=timezone.utc).timestamp())
KINDS = {"string": "string", "character": "string", "integer": "integer", "long": "integer",
         "float": "float", "double": "float", "boolean": "boolean", "blob": "blob",
         "timestamp": "timestamp", "structure": "structure", "list": "list", "map": "map"}
# Members whose text is itself encoded, and what the clients make of it.
ENCODED = {"output": ("aGVsbG8KIHdvcmxkIQ==", "hello\n world!"),
           "AssumeRolePolicyDocument": ("%7B%22Version%22%3A%222012-10-17%22%7D", '{"Version":"2012-10-17"}'),
           "PolicyDocument": ("%7B%22a%22%3A%20%5B1%5D%7D", '{"a": [1]}')}


def load(service, models):
    path = os.path.join(models or "", service, "service-2.json.gz")
    if models and os.path.exists(path):
        with gzip.open(path) as file:
            return botocore.model.ServiceModel(json.load(file), service)
    return botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model(service, "service-2"), service)


class Wire:
    """The names of one protocol."""

    def __init__(self, protocol):
        self.ec2 = protocol == "ec2"
        self.query = protocol == "query"
        self.xml = self.ec2 or self.query

    def sent(self, name, shape):
        serialization = shape.serialization
        if self.ec2:
            if "queryName" in serialization:
                return serialization["queryName"]
            if "name" in serialization:
                return serialization["name"][0].upper() + serialization["name"][1:]
            return name
        return serialization.get("name", name)

    def sent_item(self, shape):
        if not self.query or shape.serialization.get("flattened"):
            return "N"
        return shape.member.serialization.get("name", "member") + ".N"

    def read(self, name, shape):
        return shape.serialization.get("name", name)

    def read_item_element(self, shape):
        return shape.member.serialization.get("name", "member")


def location(shape):
    where = shape.serialization.get("location")
    return {"uri": "path:", "querystring": "query:"}.get(where, "")


def paths(shape, name_of, item_of, prefix="", seen=()):
    """Every member below a structure: (path, shape, required)."""
    for name, member in shape.members.items():
        path = location(member) + prefix + name_of(name, member)
        yield path, member, name in shape.required_members
        inner = member
        inside = path
        while inner.type_name == "list":
            inside += "." + item_of(inner)
            inner = inner.member
            yield inside, inner, False
        if inner.type_name == "structure" and inner.name not in seen:
            yield from paths(inner, name_of, item_of, inside + ".", seen + (inner.name,))


def describe_members(shape, name_of, item_of):
    members, required, enums = {}, [], {}
    if shape is not None:
        for path, member, needed in paths(shape, name_of, item_of):
            members[path] = KINDS[member.type_name]
            if needed:
                required.append(path)
            if getattr(member, "enum", None):
                enums[path] = list(member.enum)
    return members, required, enums


def make_model(service, model, actions):
    wire = Wire(model.metadata["protocol"])
    operations = {}
    for action in actions:
        operation = model.operation_model(action)
        sent, required, enums = describe_members(operation.input_shape, wire.sent, wire.sent_item)
        read, _, read_enums = describe_members(operation.output_shape, wire.read, lambda shape: "N")
        operations[action] = {
            "http": operation.http["method"] + " " + operation.http["requestUri"],
            "request": sent, "required": required, "enums": enums, "response": read,
            "responseEnums": read_enums,
            "errors": sorted(code_of(error) for error in operation.error_shapes)}
    errors = {code_of(shape): shape.metadata.get("error", {}).get("httpStatusCode", 400)
              for shape in (model.shape_for(name) for name in model.shape_names)
              if shape.metadata.get("exception")}
    return {"version": model.metadata["apiVersion"], "protocol": model.metadata["protocol"],
            "operations": operations, "errors": errors}


def code_of(shape):
    return shape.metadata.get("error", {}).get("code", shape.name)


def make_requests(service, model, samples):
    serializer = botocore.serialize.create_serializer(model.metadata["protocol"])
    for key, sample in samples.items():
        operation = model.operation_model(key.split("/")[0])
        if operation.input_shape is not None:
            report = botocore.validate.ParamValidator().validate(sample, operation.input_shape)
            if report.has_errors():
                sys.exit(f"{service} {key}: {report.generate_report()}")
        sent = serializer.serialize_to_request(sample, operation)
        body = sent["body"]
        if isinstance(body, dict):
            body = [[name, str(value)] for name, value in sorted(body.items())]
        else:
            body = json.loads(body) if body else None
        query = sent["query_string"]
        if not isinstance(query, dict):
            query = {}
        query = [[name, str(value)] for name, values in sorted(query.items())
                 for value in (values if isinstance(values, list) else [values])]
        yield {"service": service, "sample": key, "method": sent["method"], "path": sent["url_path"],
               "query": query, "body": body}


class Answer:
    """A sample answer with every member of the output, values derived from the member's path."""

    def __init__(self, model, operation):
        self.protocol = model.metadata["protocol"]
        self.wire = Wire(self.protocol)
        self.operation = operation
        self.model = model

    def text(self, shape, path, name):
        number = zlib.crc32(path.encode())
        if name in ENCODED:
            return ENCODED[name][0]
        kind = KINDS[shape.type_name]
        if kind == "string" and shape.enum:
            return shape.enum[number % len(shape.enum)]
        if kind == "string":
            return ["{}-{:x}", "{} & <{:x}>", "é {} '{:x}\""][number % 3].format(name, number)
        if kind == "integer":
            return str(number % 60000)
        if kind == "float":
            return str(number % 1000 + 0.5)
        if kind == "boolean":
            return "true" if number % 4 else "false"
        return TIME

    def lengths(self, path):
        return 2 if path.count(".") < 2 else 1

    def xml(self, shape, path, name, tag, seen=()):
        if shape.type_name == "structure":
            if seen.count(shape.name) > 0:
                return ""
            inner = "".join(self.xml(member, path + "." + self.wire.read(key, member) if path else self.wire.read(key, member),
                                     self.wire.read(key, member), self.wire.read(key, member), seen + (shape.name,))
                            for key, member in shape.members.items())
        elif shape.type_name == "list":
            item = self.wire.read_item_element(shape)
            inner = "".join(self.xml(shape.member, f"{path}.{i + 1}", name, item, seen)
                            for i in range(self.lengths(path)))
        else:
            inner = escape(self.text(shape, path, name))
        return f"<{tag}>{inner}</{tag}>\n" if tag else inner

    def json(self, shape, path, name):
        if shape.type_name == "structure":
            members = list(shape.members.items())
            if shape.is_tagged_union or shape.name == "AttributeValue":
                members = members[:1]  # one of them and no more
            return {self.wire.read(key, member): self.json(member, (path + "." if path else "") + self.wire.read(key, member),
                                                          self.wire.read(key, member))
                    for key, member in members}
        if shape.type_name == "map":
            return {key: self.json(shape.value, f"{path}.{key}", name) for key in ("one", "two")}
        if shape.type_name == "list":
            return [self.json(shape.member, f"{path}.{i + 1}", name) for i in range(self.lengths(path))]
        text = self.text(shape, path, name)
        kind = KINDS[shape.type_name]
        if kind == "timestamp":
            return EPOCH + 0.25
        return json.loads(text) if kind in ("integer", "float", "boolean") else text

    def body(self):
        action, shape = self.operation.name, self.operation.output_shape
        if not self.wire.xml:
            return json.dumps(self.json(shape, "", "") if shape is not None else {}, ensure_ascii=False)
        members = self.xml(shape, "", "", "") if shape is not None else ""
        if self.wire.ec2:
            members = "<requestId>3f0c</requestId>\n" + (members or "<return>true</return>\n")
        else:
            wrapper = shape.serialization.get("resultWrapper") if shape is not None else None
            if wrapper:
                members = f"<{wrapper}>\n{members}</{wrapper}>\n"
            members += "<ResponseMetadata><RequestId>3f0c</RequestId></ResponseMetadata>\n"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{action}Response xmlns="http://x/">\n{members}</{action}Response>'

    def flatten(self, shape, value, path, out):
        if value is None:
            return
        if shape.type_name == "structure":
            for key, member in shape.members.items():
                if key in value:
                    name = self.wire.read(key, member)
                    self.flatten(member, value[key], path + "." + name if path else name, out)
        elif shape.type_name == "list":
            for i, item in enumerate(value):
                self.flatten(shape.member, item, f"{path}.{i + 1}", out)
        elif shape.type_name == "map":
            for key, item in value.items():
                self.flatten(shape.value, item, f"{path}.{key}", out)
        else:
            name = path.split(".")[-1]
            if name in ENCODED:
                value = ENCODED[name][1]
            elif shape.type_name == "timestamp":
                value = TIME if self.wire.xml else str(value.timestamp())
            elif shape.type_name == "boolean":
                value = "true" if value else "false"
            out[path] = str(value)


def make_responses(service, model, actions):
    parser = botocore.parsers.create_parser(model.metadata["protocol"])
    for action in actions:
        answer = Answer(model, model.operation_model(action))
        shape = answer.operation.output_shape
        body = answer.body()
        parsed = parser.parse({"status_code": 200, "headers": {}, "body": body.encode()}, shape)
        expected = {}
        if shape is not None:
            answer.flatten(shape, parsed, "", expected)
        yield {"service": service, "action": action, "body": body, "expected": expected}


def write(name, content):
    with open(os.path.join(OUT, name), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False, sort_keys=True)
        file.write("\n")


def main():
    models = sys.argv[1] if len(sys.argv) > 1 else None
    os.makedirs(OUT, exist_ok=True)
    model_out, requests, responses = {}, [], []
    for service, samples in SAMPLES.items():
        model = load(service, models)
        actions = sorted({key.split("/")[0] for key in samples})
        model_out[service] = make_model(service, model, actions)
        requests += make_requests(service, model, samples)
        responses += make_responses(service, model, actions)
    write("model.json", model_out)
    write("requests.json", requests)
    write("responses.json", responses)


if __name__ == "__main__":
    main()
