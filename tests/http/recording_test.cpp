#include "albatross/http/recording.hpp"

#include "http/recording/body_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross::http {
namespace {

using namespace std::chrono_literals;

std::string there_and_back(std::string_view body, std::string_view type) {
  const BodyText text = body_text(body, type);
  return std::string(text.form) + ":" + body_of(text.form, text.lines).value_or("LOST");
}

TEST(BodyText, ShowsOneParameterALineDecoded) {
  const std::string form =
      "Action=DescribeVpcs&Filter.1.Name=tag%3Aalbatross%3Astack&Filter.1.Value.1=a%3Db%26c&Empty=";
  const BodyText text = body_text(form, "application/x-www-form-urlencoded; charset=utf-8");
  ASSERT_EQ(text.form, "form");
  EXPECT_EQ(text.lines,
            (std::vector<std::string>{"Action=DescribeVpcs", "Filter.1.Name=tag:albatross:stack",
                                      "Filter.1.Value.1=a=b&c", "Empty="}));
  EXPECT_EQ(body_of(text.form, text.lines), form);
}

TEST(BodyText, IndentsXmlAndJson) {
  const BodyText xml = body_text("<?xml version=\"1.0\"?><a><b>1</b><c/><d><e>x y</e></d></a>", "");
  EXPECT_EQ(xml.form, "xml");
  EXPECT_EQ(xml.lines,
            (std::vector<std::string>{"<?xml version=\"1.0\"?>", "<a>", "  <b>1</b>", "  <c/>",
                                      "  <d>", "    <e>x y</e>", "  </d>", "</a>"}));
  const std::string ec2 = "<?xml version=\"1.0\"?>\n\n<a><b>1</b></a>";
  EXPECT_EQ(body_text(ec2, "").lines, (std::vector<std::string>{"<?xml version=\"1.0\"?>", "\\n\\n",
                                                                "<a>", "  <b>1</b>", "</a>"}));
  EXPECT_EQ(there_and_back(ec2, ""), "xml:" + ec2);
  const BodyText json = body_text(R"({"a":[1, 2],"b":{},"c":{"d":"x,{\"y"}})", "");
  EXPECT_EQ(json.form, "json");
  EXPECT_EQ(json.lines,
            (std::vector<std::string>{"{", "  \"a\":[", "    1, ", "    2", "  ],", "  \"b\":{},",
                                      "  \"c\":{", "    \"d\":\"x,{\\\"y\"", "  }", "}"}));
}

TEST(BodyText, GivesBackEveryByteOfAnything) {
  const std::string form_type = "application/x-www-form-urlencoded";
  const std::vector<std::string> bodies{
      "",
      "\n",
      "a\n\n b \n",
      "<a>\n  <b>1</b>\n</a>\n",
      "<?xml version=\"1.0\"?>\n\n<a><b>1</b></a>",
      "<a>\\n</a>",
      "[1,\n2]",
      "<a> <b> x</b></a",
      "<a><b></a></b></b>",
      "{\n \"a\" : [ ] }",
      "{\"a\":\"unfinished",
      "}{][,,",
      "a=%zz&=&&b=%e4+%0a&c=1%2525",
      "a=b c",
      std::string("\0\x01\xff", 3),
      "tab\tand \xc3\xa4\n",
      "\xc3",
      "line\r\nline",
      std::string(200, '\xfe'),
  };
  for (const std::string& body : bodies) {
    for (const std::string& type : {form_type, std::string("text/xml")}) {
      const std::string back = there_and_back(body, type);
      EXPECT_EQ(back.substr(back.find(':') + 1), body) << back;
    }
  }
  EXPECT_EQ(there_and_back("\x01\x02", ""), "base64:\x01\x02");
  EXPECT_FALSE(body_of("base64", {"###"}));
  EXPECT_FALSE(body_of("morse", {"..."}));
}

Recording example() {
  Recording recording;
  recording.notes.push_back({"command", "deploy web.yaml", 0s});
  RecordedExchange one;
  one.number = 1;
  one.title = "ec2 DescribeVpcs";
  one.request.origin = parse_url("https://ec2.us-east-1.amazonaws.com").origin;
  one.request.method = "POST";
  one.request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"X-Empty", ""}};
  one.request.body = "Action=DescribeVpcs&Name=%2A";
  one.sent = 1'204'512us;
  one.end = RecordedEnd::response;
  one.ended = 1'404'512us;
  one.response = {200, "OK", {{"Content-Type", "text/xml"}}, "<a><b>1</b></a>"};
  RecordedExchange two = one;
  two.number = 2;
  two.sent = 1'300'000us;
  two.ended = 2s;
  two.end = RecordedEnd::failure;
  two.failure = {TransportErrorKind::timeout, true, "no answer\nwithin the limit"};
  RecordedExchange three = one;
  three.number = 3;
  three.request.origin = parse_url("http://127.0.0.1:4566").origin;
  three.request.target = "/x?y=1";
  three.sent = 3s;
  three.ended = 4s;
  three.end = RecordedEnd::cancelled;
  RecordedExchange four = one;
  four.number = 4;
  four.sent = 5s;
  four.end = RecordedEnd::unknown;
  recording.exchanges = {one, two, three, four};
  recording.notes.push_back({"exit_code", "4", 6s});
  return recording;
}

TEST(Recording, IsTextThatAPersonCanRead) {
  const std::string text = format_recording(example());
  const std::string begin = R"(albatross recording 1

=== command
at 0.000000
-- text
| deploy web.yaml

>>> ec2 DescribeVpcs
at 1.204512, exchange 1
POST https://ec2.us-east-1.amazonaws.com/
Content-Type: application/x-www-form-urlencoded
X-Empty: 
-- form
| Action=DescribeVpcs
| Name=*

<<< ec2 DescribeVpcs
at 1.404512, exchange 1
200 OK
Content-Type: text/xml
-- xml
| <a>
|   <b>1</b>
| </a>

)";
  EXPECT_EQ(text.substr(0, begin.size()), begin);
  EXPECT_NE(text.find("failed timeout, may have reached the server\n-- text\n| no answer\n"),
            std::string::npos);
}

TEST(Recording, IsReadBackAsItWas) {
  const std::string text = format_recording(example());
  const Recording back = parse_recording(text, "session.txt");
  ASSERT_EQ(back.exchanges.size(), 4U);
  EXPECT_EQ(format_recording(back), text);
  EXPECT_EQ(back.exchanges[0].request.body, "Action=DescribeVpcs&Name=%2A");
  EXPECT_EQ(back.exchanges[0].response.body, "<a><b>1</b></a>");
  EXPECT_EQ(back.exchanges[0].sent, 1'204'512us);
  EXPECT_EQ(back.exchanges[1].failure, example().exchanges[1].failure);
  EXPECT_EQ(back.exchanges[2].end, RecordedEnd::cancelled);
  EXPECT_EQ(back.exchanges[2].request.target, "/x?y=1");
  EXPECT_EQ(back.exchanges[3].end, RecordedEnd::unknown);
  EXPECT_EQ(back.note("exit_code")->text, "4");
  EXPECT_EQ(back.note("nothing"), nullptr);
}

TEST(Recording, ThatWasCutOffAnywhereIsStillOfUse) {
  const std::string text = format_recording(example());
  std::size_t most = 0;
  for (std::size_t length = text.find('\n') + 1; length <= text.size(); ++length) {
    const Recording part = parse_recording(std::string_view(text).substr(0, length), "cut");
    EXPECT_GE(part.exchanges.size(), most) << length;
    most = part.exchanges.size();
  }
  EXPECT_EQ(most, 4U);
}

std::string complaint(const std::string& text) {
  try {
    parse_recording(text, "s.txt");
    return "none";
  } catch (const RecordingError& error) {
    return error.what();
  }
}

TEST(Recording, SaysInWhichLineItIsNone) {
  const std::string head = "albatross recording 1\n\n";
  const std::string request = ">>> a\nat 0.000001, exchange 1\nGET http://h/\n\n";
  EXPECT_EQ(complaint("<html>\n"), "s.txt:1: expected 'albatross recording 1'");
  EXPECT_EQ(complaint(""), "s.txt:1: expected 'albatross recording 1'");
  EXPECT_EQ(complaint(head + "what\n\n"),
            "s.txt:3: expected a line that begins with '>>> ', '<<< ' or '=== '");
  EXPECT_EQ(complaint(head + ">>> a\nat 1.5, exchange 1\nGET http://h/\n\n"),
            "s.txt:4: expected a time in seconds with six decimals");
  EXPECT_EQ(complaint(head + ">>> a\nat 1.000000, exchange 1\nGET ftp://h/\n\n").substr(0, 8),
            "s.txt:5:");
  EXPECT_EQ(complaint(head + request + request), "s.txt:10: a second request of this number");
  EXPECT_EQ(complaint(head + "<<< a\nat 0.000001, exchange 7\n200\n\n"),
            "s.txt:4: an answer to a request that is not there");
  EXPECT_EQ(complaint(head + request + "<<< a\nat 0.000001, exchange 1\n200\n-- base64\n| !\n\n"),
            "s.txt:11: the body is no 'base64'");
  EXPECT_EQ(complaint(head + request), "none");
}

}  // namespace
}  // namespace albatross::http
