#include "clients/json_reader.hpp"
#include "clients/json_writer.hpp"
#include "clients/malformed.hpp"
#include "clients/rest_writer.hpp"

#include <gtest/gtest.h>

namespace albatross::wire {
namespace {

struct Leaf {
  std::string name;
  std::optional<int> number;
};

void write(JsonWriter& out, const Leaf& leaf) {
  out.member("Name", leaf.name);
  out.member("Number", leaf.number);
}

void read(JsonReader& in, Leaf& leaf) {
  in.member("Name", leaf.name);
  in.member("Number", leaf.number);
}

TEST(JsonWriter, WritesNestedThingsWithCommasBetween) {
  JsonWriter out;
  out.member("A", std::string("x"));
  out.member("Leaves", std::vector<Leaf>{{"a", 0}, {}, {"b", std::nullopt}});
  out.member("Words", std::vector<std::string>{"p", "q"});
  out.member("Leaf", Leaf{"c", -1});
  EXPECT_EQ(out.take(),
            R"({"A":"x","Leaves":[{"Name":"a","Number":0},{},{"Name":"b"}],"Words":["p","q"],)"
            R"("Leaf":{"Name":"c","Number":-1}})");
}

TEST(JsonWriter, WhatIsAbsentIsNotSent) {
  JsonWriter out;
  out.member("Text", std::string());
  out.member("Flag", false);
  out.member("List", std::vector<Leaf>());
  out.member("Optional", std::optional<bool>());
  out.required("Needed", std::vector<Leaf>());
  out.member("Set", std::optional<bool>(false));
  EXPECT_EQ(out.take(), R"({"Needed":[],"Set":false})");
}

TEST(JsonWriter, EscapesWhatJsonCannotHold) {
  JsonWriter out;
  out.member("T", std::string("\"\\/\b\n\x01 é\x7f", 10));
  out.member("N", std::optional<double>(0.1));
  EXPECT_EQ(out.take(), "{\"T\":\"\\\"\\\\/\\u0008\\u000a\\u0001 é\x7f\",\"N\":0.1}");
}

TEST(RestWriter, FillsLabelsAndQueryWithEveryByteEncoded) {
  RestWriter out("/v/tags/{Id}/x");
  out.label("Id", "arn:a/b c");
  out.query("Marker", std::string("m+/="));
  out.query("MaxItems", std::optional<int>(5));
  out.query("None", std::optional<int>());
  out.query("Empty", std::string());
  out.query("keys", std::vector<std::string>{"a", "b&"});
  EXPECT_EQ(out.take_target(),
            "/v/tags/arn%3Aa%2Fb%20c/x?Marker=m%2B%2F%3D&MaxItems=5&keys=a&keys=b%26");
  EXPECT_FALSE(out.has_body());
  EXPECT_EQ(out.take_body(), "");
}

template <class T>
T read_member(const std::string& body) {
  const JsonAnswer document(body);
  JsonReader in = document.reader();
  T value{};
  in.member("v", value);
  return value;
}

TEST(JsonReader, ReadsEveryTypeAndTakesNullForAbsent) {
  EXPECT_EQ(read_member<std::string>(R"({"v":"é"})"), "é");
  EXPECT_EQ(read_member<int>(R"({"v":7})"), 7);
  EXPECT_EQ(read_member<std::int64_t>(R"({"v":9007199254740993})"), 9007199254740993);
  EXPECT_EQ(read_member<int>(R"({"v":1.7E3})"), 1700);
  EXPECT_EQ(read_member<double>(R"({"v":1.7676E9})"), 1.7676e9);
  EXPECT_EQ(read_member<bool>(R"({"v":true})"), true);
  EXPECT_EQ(read_member<std::optional<int>>(R"({"v":null})"), std::nullopt);
  EXPECT_EQ(read_member<std::vector<Leaf>>(R"({"v":[{"Name":"a"},{"Number":2}]})").at(1).number, 2);
  EXPECT_EQ(read_member<std::string>(""), "");
  EXPECT_EQ(read_member<std::string>("\n"), "");
}

TEST(JsonReader, TheWrongTypeIsMalformed) {
  EXPECT_THROW(read_member<std::string>(R"({"v":1})"), Malformed);
  EXPECT_THROW(read_member<int>(R"({"v":"1"})"), Malformed);
  EXPECT_THROW(read_member<int>(R"({"v":3000000000})"), Malformed);
  EXPECT_THROW(read_member<std::int64_t>(R"({"v":1e300})"), Malformed);
  EXPECT_THROW(read_member<bool>(R"({"v":0})"), Malformed);
  EXPECT_THROW(read_member<Leaf>(R"({"v":[]})"), Malformed);
  EXPECT_THROW(read_member<std::vector<int>>(R"({"v":{}})"), Malformed);
}

TEST(JsonAnswer, RefusesWhatIsNoObject) {
  for (const char* const bad : {"[", "[]", "1", "null", "{\"a\":\"\xff\"}", "{} x", "<html>"}) {
    EXPECT_THROW(read_member<int>(bad), Malformed) << bad;
  }
}

TEST(JsonAnswer, SurvivesAnyDepth) {
  const std::string open(100'000, '[');
  EXPECT_THROW(read_member<int>("{\"v\":" + open), Malformed);
  const std::string close(100'000, ']');
  EXPECT_EQ(read_member<int>("{\"w\":" + open + close + ",\"v\":1}"), 1);
}

}  // namespace
}  // namespace albatross::wire
