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
CALLS = 20


def sign(signer):
    # As in sigv4_bench.cpp, what is handed to the signer is put together each time.
    signer.add_auth(botocore.awsrequest.AWSRequest(
        method="POST", url="https://ec2.us-east-1.amazonaws.com/", data=BODY, headers=HEADERS))


def time_calls(signer):
    start = time.perf_counter_ns()
    for _ in range(CALLS):
        sign(signer)
    return (time.perf_counter_ns() - start) / CALLS


def main():
    signer = botocore.auth.SigV4Auth(CREDENTIALS, "ec2", "us-east-1")
    print(min(time_calls(signer) for _ in range(100)))


if __name__ == "__main__":
    main()
