#!/usr/bin/python3
"""Prints how many nanoseconds botocore takes to sign the request that sigv4_bench.cpp signs."""

import time

import botocore.auth
import botocore.awsrequest
import botocore.credentials

CREDENTIALS = botocore.credentials.Credentials(
    "ASIAFAKEFAKEFAKEFAKE", "fake/secret+fake/secret+fake/secret+fake", "T" * 836)
BODY = b"Action=DescribeInstances&Version=2016-11-15&Filter.1.Value=".ljust(300, b"A")
HEADERS = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
CALLS = 200


def sign(signer):
    request = botocore.awsrequest.AWSRequest(
        method="POST", url="https://ec2.us-east-1.amazonaws.com/", data=BODY, headers=HEADERS)
    start = time.perf_counter_ns()
    signer.add_auth(request)
    return time.perf_counter_ns() - start


def main():
    signer = botocore.auth.SigV4Auth(CREDENTIALS, "ec2", "us-east-1")
    print(min(sum(sign(signer) for _ in range(CALLS)) / CALLS for _ in range(10)))


if __name__ == "__main__":
    main()
