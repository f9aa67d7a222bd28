#!/usr/bin/python3
"""Prints how many signed requests a second boto3 makes to the given endpoint, one after another."""

import sys
import time

import boto3
import botocore.config

SECONDS = 0.5


def main():
    client = boto3.client(
        "ec2", region_name="us-east-1", endpoint_url=sys.argv[1],
        aws_access_key_id="ASIAFAKEFAKEFAKEFAKE", aws_secret_access_key="fake/secret",
        aws_session_token="T" * 836,
        config=botocore.config.Config(parameter_validation=False, proxies={}))
    client.describe_regions()
    start = time.perf_counter()
    count = 0
    while time.perf_counter() - start < SECONDS:
        client.describe_regions()
        count += 1
    print(count / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
