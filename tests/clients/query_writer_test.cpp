#include "clients/query_writer.hpp"

#include "clients/base64.hpp"
#include "clients/percent.hpp"

#include <gtest/gtest.h>

namespace albatross::wire {
namespace {

struct Leaf {
  std::string name;
  std::vector<std::string> values;
};

void write(QueryWriter& out, const Leaf& leaf) {
  out.member("Name", leaf.name);
  out.member("Values", leaf.values);
}

QueryWriter ec2() {
  return QueryWriter(QueryDialect::ec2, "Op", "v");
}

QueryWriter query() {
  return QueryWriter(QueryDialect::query, "Op", "v");
}

TEST(QueryWriter, StartsWithActionAndVersion) {
  EXPECT_EQ(ec2().take(), "Action=Op&Version=v");
}

TEST(QueryWriter, Ec2ListsAreFlatAndOthersSayMember) {
  const std::vector<Leaf> leaves{{"a", {"x", "y"}}, {"b", {}}};
  QueryWriter flat = ec2();
  flat.member("Leaf", leaves);
  EXPECT_EQ(flat.take(),
            "Action=Op&Version=v&Leaf.1.Name=a&Leaf.1.Values.1=x&Leaf.1.Values.2=y&Leaf.2.Name=b");
  QueryWriter nested = query();
  nested.member("Leaf", leaves);
  EXPECT_EQ(nested.take(),
            "Action=Op&Version=v&Leaf.member.1.Name=a&Leaf.member.1.Values.member.1=x"
            "&Leaf.member.1.Values.member.2=y&Leaf.member.2.Name=b");
}

TEST(QueryWriter, WhatIsAbsentIsNotSent) {
  QueryWriter out = query();
  out.member("Text", std::string());
  out.member("Secret", Secret());
  out.member("Flag", false);
  out.member("Number", std::optional<int>());
  out.member("List", std::vector<std::string>());
  out.member("Struct", std::optional<Leaf>());
  out.member("Nothing", Leaf{});
  out.nested("Wrapper", "Value", std::optional<bool>());
  out.base64("Bytes", Secret());
  EXPECT_EQ(out.take(), "Action=Op&Version=v");
}

TEST(QueryWriter, ZeroFalseAndEmptyAreSentWhereTheyWereSet) {
  QueryWriter out = query();
  out.member("Number", 0);
  out.member("Negative", std::optional<int>(-1));
  out.member("Flag", std::optional<bool>(false));
  out.member("Text", std::optional<std::string>(""));
  out.required("Needed", "");
  out.nested("Wrapper", "Value", std::optional<bool>(true));
  EXPECT_EQ(out.take(),
            "Action=Op&Version=v&Number=0&Negative=-1&Flag=false&Text=&Needed=&Wrapper.Value=true");
}

TEST(QueryWriter, EncodesEveryByteThatIsNotUnreserved) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    all += static_cast<char>(byte);
  }
  const std::string encoded = percent_encode(all);
  EXPECT_EQ(percent_decode(encoded), all);
  EXPECT_EQ(encoded.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-._~%"),
            std::string::npos);
  EXPECT_EQ(percent_encode("a b+/*~é"), "a%20b%2B%2F%2A~%C3%A9");
  EXPECT_EQ(encoded.size(), 66u + 190u * 3u);
}

TEST(PercentDecode, LeavesAloneWhatIsNoEscape) {
  EXPECT_EQ(percent_decode("%"), "%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz%4a+"), "%zzJ+");
}

TEST(Base64, KnowsTheVectorsOfTheRfc) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
  EXPECT_EQ(base64_encode(std::string("\xff\xfe\0", 3)), "//4A");
}

TEST(Base64, ToleratesLineBreaksAndMissingPaddingAndNothingElse) {
  EXPECT_EQ(base64_decode(" Zm9v\r\nYg== \n"), "foob");
  EXPECT_EQ(base64_decode("Zg"), "f");
  for (const char* const bad : {"Z", "Zg=a", "Zm9v!", "Zg===", "Zm9vY", "-_8="}) {
    EXPECT_FALSE(base64_decode(bad)) << bad;
  }
}

TEST(QueryWriter, UserDataTravelsInBase64) {
  QueryWriter out = ec2();
  out.base64("UserData", Secret("#!/bin/sh"));
  EXPECT_EQ(out.take(), "Action=Op&Version=v&UserData=IyEvYmluL3No");
}

TEST(QueryWriter, ItsSchemaNamesEveryMemberOnce) {
  Schema schema;
  QueryWriter out(QueryDialect::query, schema);
  out.member("Leaf", std::vector<Leaf>());
  out.member("Number", std::optional<int>());
  std::string names;
  for (const auto& entry : schema) {
    names += entry.path + ":" + std::string(entry.kind) + " ";
  }
  EXPECT_EQ(names,
            "Leaf:list Leaf.member.N.Name:string Leaf.member.N.Values:list "
            "Leaf.member.N.Values.member.N:string Number:integer ");
}

}  // namespace
}  // namespace albatross::wire
