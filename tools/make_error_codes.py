#!/usr/bin/env python3
"""Makes fixtures/clients/error_codes.txt: every error code that a deployment can meet, by service.

The codes are those that the operation cards of a fact sheet name (part 6: a section for each service,
and a table of codes for the classifier). In a section a word counts as a code when the service's model
declares it as an error, or when it has the form that EC2's codes have (EC2's model declares none).

Usage: tools/make_error_codes.py FACTS MODELS
  FACTS   the fact sheet (Markdown)
  MODELS  folder with <service>/service-2.json.gz
"""
import gzip
import json
import pathlib
import re
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "fixtures/clients/error_codes.txt"
SECTIONS = {"6.1": "ec2", "6.2": "elbv2", "6.3": "efs", "6.4": "iam", "6.5": "sts", "6.6": "ssm",
            "6.7": "dynamodb"}
COLUMN = {"EC2": "ec2", "ELBv2": "elbv2", "EFS": "efs", "IAM": "iam", "STS": "sts", "SSM": "ssm",
          "DDB": "dynamodb"}
WORD = re.compile(r"(?<![\w./:-])[A-Z][A-Za-z0-9]{2,}(?:\.[A-Z][A-Za-z]+)?(?![\w/:=*-]|\.\w)")
EC2_FORM = re.compile(
    r"^(Invalid\w+(\.\w+)?|\w+LimitExceeded|\w+\.(NotFound|Malformed|Duplicate|InUse|Range|Conflict"
    r"|AlreadyAssociated|NotAttached|Unavailable)|Insufficient\w+|\w+Mismatch|Unsupported\w*|\w+Violation"
    r"|OptInRequired|PendingVerification|Blocked|UnauthorizedOperation|DryRunOperation|MissingParameter"
    r"|UnknownParameter|ValidationError|VPCIdNotSpecified|MissingInput|\w+AlreadyExists|AuthFailure"
    r"|RequestLimitExceeded|IncorrectState|OperationNotPermitted)$")
# Words of these forms that are not codes.
NO_CODES = {"InvalidXID.Malformed", "InvalidParameters", "InvalidAMIID"}


def declared(models, service):
    """The error codes of a service's model."""
    path = pathlib.Path(models, service, "service-2.json.gz")
    shapes = json.loads(gzip.decompress(path.read_bytes()))["shapes"]
    codes = set()
    for name, shape in shapes.items():
        if shape.get("exception"):
            codes.add(shape.get("error", {}).get("code", name))
    return codes


def sections(text):
    """{"6.1": text, …} of part 6."""
    part = text[text.index("\n# 6. "):text.index("\n# 7. ")]
    pieces = re.split(r"\n## (6\.\d) ", part)
    return dict(zip(pieces[1::2], pieces[2::2]))


def codes_of_section(text, service, known):
    for word in WORD.findall(text):
        if word in NO_CODES:
            continue
        if word in known or (service == "ec2" and EC2_FORM.match(word)):
            yield service, word


def owners(word, services, declaring):
    """Of the services that a row of the table names, those that have the code."""
    if services == ["all"] or len(services) == 1:
        return services
    models = [service for service in services if word in declaring[service]]
    return models or (["ec2"] if "ec2" in services and EC2_FORM.match(word) else services)


def codes_of_table(text, declaring):
    for row in re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", text, re.MULTILINE):
        if row[0] in ("code(s)", "---"):
            continue
        # What stands in quotes, behind a plus sign or in brackets narrows a code down.
        names = re.sub(r'\(.*?\)|\+ ?"[^"]*"(/"[^"]*")*( / "[^"]*")*|"[^"]*"', "", row[0])
        services = [COLUMN[word] for word in row[1].split() if word in COLUMN] or ["all"]
        for word in WORD.findall(names.replace("/", " ")):
            word = word.removeprefix("Server.")
            if re.fullmatch(r"[A-Z]{2,4}|EFS|ELBv2|EC2|IAM|CreateTable", word) or word in NO_CODES:
                continue
            own = [service for name, service in COLUMN.items() if f"{name} {word}" in row[0]]
            for service in own or owners(word, services, declaring):
                yield service, word


def main():
    facts, models = sys.argv[1:3]
    parts = sections(pathlib.Path(facts).read_text(encoding="utf-8"))
    declaring = {service: declared(models, service) for service in SECTIONS.values()}
    found = set(codes_of_table(parts["6.9"], declaring))
    table = {code for _, code in found}
    for number, service in SECTIONS.items():
        known = declaring[service] | table
        found.update(codes_of_section(parts[number], service, known))
    for_all = {code for service, code in found if service == "all"}
    lines = sorted(f"{service} {code}" for service, code in found
                   if service == "all" or code not in for_all)
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} codes")


if __name__ == "__main__":
    main()
