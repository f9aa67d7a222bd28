#include "clients/iso_time.hpp"
#include "clients/malformed.hpp"
#include "clients/xml_answer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace albatross::wire {
namespace {

struct Leaf {
  std::string name;
  std::optional<int> number;
  bool flag = false;
};

void read(XmlReader& in, Leaf& leaf) {
  in.member("name", leaf.name);
  in.member("number", leaf.number);
  in.member("flag", leaf.flag);
}

struct Tree {
  std::string text;
  std::vector<Leaf> leaves;
  std::vector<std::string> words;
  std::optional<Leaf> maybe;
  Leaf plain;
  std::int64_t big = 0;
};

void read(XmlReader& in, Tree& tree) {
  in.member("text", tree.text);
  in.member("leaves", tree.leaves);
  in.member("words", tree.words);
  in.member("maybe", tree.maybe);
  in.member("plain", tree.plain);
  in.member("big", tree.big);
}

Tree parse(const std::string& members, QueryDialect dialect = QueryDialect::ec2) {
  const XmlAnswer document(dialect, "Op", "<OpResponse>" + members + "</OpResponse>");
  XmlReader in = document.reader();
  Tree tree;
  read(in, tree);
  return tree;
}

TEST(XmlReader, ReadsMembersInAnyOrderAndIgnoresWhatItDoesNotKnow) {
  const Tree tree = parse(
      "<requestId>r</requestId><big>9007199254740993</big><new><text>no</text></"
      "new><plain><flag>true</flag>"
      "<name>p</name></plain><words><item>a</item><item>b</item></words><text>t</text>");
  EXPECT_EQ(tree.text, "t");
  EXPECT_EQ(tree.words, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(tree.plain.name, "p");
  EXPECT_TRUE(tree.plain.flag);
  EXPECT_EQ(tree.big, 9007199254740993);
}

TEST(XmlReader, UnderstandsEntitiesCdataAndComments) {
  EXPECT_EQ(parse("<text>&lt;a&gt; &amp; &#233;&#x20AC; &quot;&apos;</text>").text, "<a> & é€ \"'");
  EXPECT_EQ(parse("<text>a<![CDATA[<b>]]>c<!-- no -->d</text>").text, "a<b>cd");
  EXPECT_EQ(parse("<text><![CDATA[only]]></text>").text, "only");
  EXPECT_EQ(parse("<!-- x --><text><!-- y -->t</text>").text, "t");
}

TEST(XmlReader, EmptyAndAbsentAreTreatedAlikeExceptWhereAbsenceCounts) {
  const Tree empty = parse("<text/><leaves/><words></words><maybe/><plain/><big/>");
  EXPECT_TRUE(empty.text.empty());
  EXPECT_TRUE(empty.leaves.empty());
  EXPECT_TRUE(empty.words.empty());
  EXPECT_FALSE(empty.maybe);
  EXPECT_EQ(empty.big, 0);
  const Tree absent = parse("");
  EXPECT_TRUE(absent.leaves.empty());
  EXPECT_FALSE(absent.maybe);
  EXPECT_TRUE(parse("<maybe><name/></maybe>").maybe);
  EXPECT_FALSE(parse("<plain><number/></plain>").plain.number);
  EXPECT_EQ(parse("<plain><number>-1</number></plain>").plain.number, -1);
}

TEST(XmlReader, ListItemsMayBeCalledAnything) {
  EXPECT_EQ(
      parse("<leaves>\n <member><name>a</name></member>\n <item><name>b</name></item></leaves>")
          .leaves.at(1)
          .name,
      "b");
}

TEST(XmlReader, OnlyTheWordTrueIsTrue) {
  EXPECT_FALSE(parse("<plain><flag>false</flag></plain>").plain.flag);
  EXPECT_FALSE(parse("<plain><flag>1</flag></plain>").plain.flag);
}

TEST(XmlReader, ANumberThatIsNoneIsMalformed) {
  for (const char* const bad : {"x", "1x", "1.5", "99999999999", " 1", "-"}) {
    EXPECT_THROW(parse("<plain><number>" + std::string(bad) + "</number></plain>"), Malformed)
        << bad;
  }
}

TEST(XmlAnswer, LooksInsideTheResultWhereThereIsOne) {
  EXPECT_EQ(parse("<OpResult><text>in</text></OpResult><text>out</text>", QueryDialect::query).text,
            "in");
  EXPECT_EQ(parse("<text>out</text>", QueryDialect::query).text, "out");
}

TEST(XmlAnswer, RefusesWhatIsNotTheAnswer) {
  for (const char* const bad : {"", " ", "no xml", "<html><body>login</body></html>",
                                "<OpResponse>", "<OpResponse><a></OpResponse>", "<OtherResponse/>",
                                "{\"a\":1}", "<OpResponse/", "<?xml version=\"1.0\"?>"}) {
    EXPECT_THROW(XmlAnswer(QueryDialect::ec2, "Op", bad), Malformed) << bad;
  }
}

TEST(XmlAnswer, SurvivesAnyDepth) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) {
    deep += "<a>";
  }
  EXPECT_THROW(parse(deep), Malformed);
  std::string balanced = deep;
  for (int i = 0; i < 200'000; ++i) {
    balanced += "</a>";
  }
  EXPECT_EQ(parse(balanced + "<text>t</text>").text, "t");
}

TEST(XmlAnswer, ExpandsNoEntitiesOfTheDocument) {
  const std::string body =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
      "<OpResponse><text>&e;</text></OpResponse>";
  const XmlAnswer document(QueryDialect::ec2, "Op", body);
  XmlReader in = document.reader();
  Tree tree;
  read(in, tree);
  EXPECT_EQ(tree.text, "&e;");
}

TEST(IsoTime, ReadsWhatAwsSends) {
  using namespace std::chrono;
  const auto ten = sys_days{2026y / 1 / 5} + 10h;
  EXPECT_EQ(parse_iso_time("2026-01-05T10:00:00Z"), ten);
  EXPECT_EQ(parse_iso_time("2026-01-05T10:00:00.000Z"), ten);
  EXPECT_EQ(parse_iso_time("2026-01-05T10:00:00.250Z"), ten + 250ms);
  EXPECT_EQ(parse_iso_time("2026-01-05T10:00:00+00:00"), ten);
  EXPECT_EQ(parse_iso_time("1970-01-01T00:00:00Z"), WallTime{});
  EXPECT_TRUE(parse_iso_time("2024-02-29T23:59:59.123456789123Z"));
}

TEST(IsoTime, RefusesEverythingElse) {
  for (const char* const bad :
       {"", "2026", "2026-01-05", "2026-01-05T10:00:00", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-01-05T24:00:00Z", "2026-01-05T10:60:00Z",
        "2026-01-05T10:00:61Z", "2026-01-05 10:00:00Z", "2026-01-05T10:00:00+01:00",
        "2026-01-05T10:00:00Zx", "x026-01-05T10:00:00Z"}) {
    EXPECT_FALSE(parse_iso_time(bad)) << bad;
  }
}

}  // namespace
}  // namespace albatross::wire
