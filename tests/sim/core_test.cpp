#include "sim/core/cidr.hpp"
#include "sim/core/clock_text.hpp"
#include "sim/core/error.hpp"
#include "sim/core/form.hpp"
#include "sim/core/glob.hpp"
#include "sim/core/ids.hpp"
#include "sim/core/xml.hpp"

#include <gtest/gtest.h>

#include <set>

namespace albatross::sim {
namespace {

TEST(Form, BecomesATree) {
  const Form form(
      "Action=X&Filter.1.Name=tag%3Aa&Filter.1.Value.2=b+c&Filter.1.Value.1=%C3%BC&Empty=");
  EXPECT_EQ(form["Action"].text(), "X");
  const auto filters = form["Filter"].items();
  ASSERT_EQ(filters.size(), 1U);
  EXPECT_EQ(filters[0]["Name"].text(), "tag:a");
  EXPECT_EQ(filters[0]["Value"].texts(), (std::vector<std::string_view>{"\xc3\xbc", "b c"}));
  EXPECT_TRUE(form["Empty"].has_text());
  EXPECT_FALSE(form["Absent"]);
  EXPECT_EQ(form["Absent"]["Deeper"].text(), "");
}

TEST(Form, ListsStepOverMember) {
  const Form form("Subnets.member.2=b&Subnets.member.10=c&Subnets.member.1=a");
  EXPECT_EQ(form["Subnets"].texts(), (std::vector<std::string_view>{"a", "b", "c"}));
}

TEST(Form, RefusesBrokenEscapesAndRepeatedKeys) {
  EXPECT_THROW(Form("a=%"), ApiError);
  EXPECT_THROW(Form("a=%4"), ApiError);
  EXPECT_THROW(Form("a=%zz"), ApiError);
  EXPECT_THROW(Form("a=1&a=2"), ApiError);
  EXPECT_NO_THROW(Form("a=%41"));
}

TEST(Form, SurvivesAnything) {
  Ids random(11);
  static constexpr char alphabet[] = "aB.1%&=+member2";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto left = random.below(40); left > 0; --left) {
      text.push_back(alphabet[random.below(sizeof alphabet - 1)]);
    }
    try {
      const Form form(text);
      for (const Param child : form.root().children()) {
        (void)child.items();
        (void)child.number();
      }
    } catch (const ApiError&) {
      // refused is fine
    }
  }
}

TEST(Form, DigestIgnoresOrderAndTheToken) {
  const Form a("X=1&Y.1=2&ClientToken=t"), b("Y.1=2&ClientToken=u&X=1"), c("X=1&Y.1=3");
  EXPECT_EQ(a.digest({"ClientToken"}), b.digest({"ClientToken"}));
  EXPECT_NE(a.digest({"ClientToken"}), c.digest({"ClientToken"}));
}

TEST(Glob, KnowsStarsQuestionMarksAndEscapes) {
  EXPECT_TRUE(glob("*", ""));
  EXPECT_TRUE(glob("a*c*e", "abcde"));
  EXPECT_TRUE(glob("a?c", "abc"));
  EXPECT_FALSE(glob("a?c", "ac"));
  EXPECT_TRUE(glob("a\\*", "a*"));
  EXPECT_FALSE(glob("a\\*", "ab"));
  EXPECT_FALSE(glob("", "a"));
  EXPECT_TRUE(glob("*a*a*a*b", std::string(200, 'a') + "b"));
}

TEST(Cidr, ParsesStrictly) {
  EXPECT_EQ(parse_cidr("10.0.0.0/8")->str(), "10.0.0.0/8");
  EXPECT_EQ(parse_cidr("0.0.0.0/0")->size(), std::uint64_t{1} << 32U);
  EXPECT_TRUE(parse_cidr("0.0.0.0/0")->contains(0xffffffffU));
  for (const char* bad :
       {"", "10.0.0.0", "10.0.0/8", "10.0.0.256/8", "10.0.0.0/33", "a.b.c.d/8", "1.2.3.4.5/8"}) {
    EXPECT_FALSE(parse_cidr(bad)) << bad;
  }
  EXPECT_FALSE(parse_cidr("10.0.0.5/8")->strict());
  EXPECT_TRUE(looks_like_ipv6_cidr("::/0"));
  EXPECT_FALSE(looks_like_ipv6_cidr("10.0.0.0/8"));
}

TEST(Ids, HaveAwsForms) {
  Ids ids(1);
  const std::string instance = ids.make("i-");
  EXPECT_EQ(instance.size(), 19U);
  EXPECT_TRUE(instance.starts_with("i-0"));
  EXPECT_EQ(ids.uuid().size(), 36U);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i)
    EXPECT_TRUE(seen.insert(ids.make("vpc-")).second);
}

TEST(Xml, EscapesTextOnly) {
  Xml xml;
  xml.in("a", [&] { xml.leaf("b", "<&>\""); });
  EXPECT_EQ(xml.take(), "<a><b>&lt;&amp;&gt;&quot;</b></a>");
}

TEST(ClockText, IsWhatAwsWrites) {
  const WallTime time{std::chrono::milliseconds{1'767'607'200'123}};
  EXPECT_EQ(iso_time(time), "2026-01-05T10:00:00.123Z");
  EXPECT_EQ(iso_seconds(time), "2026-01-05T10:00:00Z");
  EXPECT_EQ(http_date(time), "Mon, 05 Jan 2026 10:00:00 GMT");
  EXPECT_EQ(basic_time(time), "20260105T100000Z");
}

}  // namespace
}  // namespace albatross::sim
