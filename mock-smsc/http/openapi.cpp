#include "mock-smsc/http/openapi.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mock_smsc {
namespace {

/// What a parameter is, wherever it stands.
struct parameter_row {
    std::string_view name;
    std::string_view description;
    std::string_view schema;   // JSON
    std::string_view example;  // JSON
};

constexpr std::string_view text = R"({"type":"string"})";
constexpr std::string_view number = R"({"type":"integer","minimum":0})";

constexpr parameter_row parameters[] = {
    {"query", "which messages, in the query language", text, R"("to:1555 -status:ok")"},
    {"scope", "only what belongs to this scope", text, R"("")"},
    {"limit", "at most so many", number, "10"},
    {"after", "only messages with a greater id", number, "0"},
    {"before", "only messages with a smaller id", number, "1000000"},
    {"full", "1: with all fields, octets and findings", R"({"type":"integer","enum":[0,1]})", "1"},
    {"joined", "1: a long message counts once, with its whole text, when all parts are there",
     R"({"type":"integer","enum":[0,1]})", "1"},
    {"count", "how many messages to wait for", number, "1"},
    {"timeout", "how long to wait, as 500ms or 10s", text, R"("100ms")"},
    {"severity", "leaves out what is less severe",
     R"({"type":"string","enum":["note","warning","error"]})", R"("note")"},
    {"state", "which sessions", R"({"type":"string","enum":["live","closed"]})", R"("live")"},
    {"how", "how the session ends", R"({"type":"string","enum":["unbind","fin","rst","stall"]})",
     R"("unbind")"},
};

/// What a call takes and answers with. Every call may also answer with an error.
struct call_row {
    std::string_view method;
    std::string_view path;
    std::string_view parameters;  // names, but for scope, which all have
    std::string_view body;        // an example, JSON; empty: none
    std::string_view status;
    std::string_view answer;     // schema; empty: not JSON
    std::string_view otherwise;  // another status with the same answer
};

constexpr call_row calls[] = {
    {"GET", "/api/v1/messages", "query limit after before full joined", "", "200", "Messages", ""},
    {"DELETE", "/api/v1/messages", "query", "", "200", "Deleted", ""},
    {"PUT", "/api/v1/messages/tags", "", R"({"query":"to:1555","add":["seen"]})", "200", "Changed",
     ""},
    {"GET", "/api/v1/messages/{id}", "query", "", "200", "Message", ""},
    {"GET", "/api/v1/messages/{id}/pdu", "query", "", "200", "Fields", ""},
    {"GET", "/api/v1/messages/{id}/raw", "query", "", "200", "", ""},
    {"GET", "/api/v1/messages/{id}/lint", "query", "", "200", "MessageLint", ""},
    {"POST", "/api/v1/messages/{id}/receipt", "", R"({"state":"EXPIRED"})", "202", "Nothing", ""},
    {"GET", "/api/v1/wait", "query count after timeout full joined", "", "200", "Messages", "408"},
    {"POST", "/api/v1/expect", "", R"({"query":"to:1555","min":1,"within":"100ms"})", "200",
     "Verdict", "417"},
    {"GET", "/api/v1/lint", "query severity limit", "", "200", "LintReport", ""},
    {"GET", "/api/v1/events", "query", "", "200", "", ""},
    {"GET", "/api/v1/sessions", "limit state", "", "200", "Sessions", ""},
    {"GET", "/api/v1/sessions/{id}", "", "", "200", "Session", ""},
    {"DELETE", "/api/v1/sessions/{id}", "how", "", "202", "Nothing", ""},
    {"GET", "/api/v1/rules", "", "", "200", "Rules", ""},
    {"POST", "/api/v1/rules", "",
     R"({"match":{"to":"^1666"},"actions":[{"status":"ESME_RTHROTTLED"}]})", "201", "Created", ""},
    {"PUT", "/api/v1/rules", "", R"([{"match":{"nth":3},"actions":[{"delay":"1s"}]}])", "200",
     "Rules", ""},
    {"DELETE", "/api/v1/rules", "", "", "200", "Nothing", ""},
    {"DELETE", "/api/v1/rules/{id}", "", "", "200", "Nothing", ""},
    {"GET", "/api/v1/accounts", "", "", "200", "Accounts", ""},
    {"PUT", "/api/v1/accounts", "", R"([{"system_id":"shop","password":"secret","tps":50}])", "200",
     "Accounts", ""},
    {"POST", "/api/v1/mo", "", R"({"from":"+15551234567","to":"12345","text":"hello"})", "202",
     "Queued", ""},
    {"GET", "/api/v1/mo/{id}", "", "", "200", "Mobile", ""},
    {"POST", "/api/v1/outbind", "", R"({"to":"127.0.0.1:2776"})", "202", "InSession", ""},
    {"POST", "/api/v1/alert", "", R"({"from":"+15551234567","to":"12345"})", "202", "InSession",
     ""},
    {"GET", "/api/v1/carrier", "", "", "200", "Carrier", ""},
    {"PUT", "/api/v1/carrier", "", R"({"preset":"healthy","receipt_delay":"0ms"})", "200",
     "Carrier", ""},
    {"POST", "/api/v1/reset", "", "", "200", "Nothing", ""},
    {"GET", "/api/v1/openapi.json", "", "", "200", "Description", ""},
    {"GET", "/metrics", "", "", "200", "", ""},
    {"GET", "/livez", "", "", "200", "Probe", ""},
    {"GET", "/readyz", "", "", "200", "Probe", "503"},
};

void put_parameter(json_out& out, const parameter_row& row, std::string_view in) {
    out.open('{').member("name", row.name).member("in", in).member("description", row.description);
    if (in == "path") {
        out.member("required", true);
    }
    out.raw() += fmt::format(R"(,"schema":{},"example":{})", row.schema, row.example);
    out.close('}');
}

void put_parameters(json_out& out, std::string_view path, std::string_view names) {
    out.open("parameters", '[');
    if (path.find("{id}") != std::string_view::npos) {
        put_parameter(out, {"id", "a number; of messages also `latest`", text, R"("1")"}, "path");
    }
    const std::string padded = fmt::format(" {} scope ", names);
    for (const parameter_row& row : parameters) {
        if (padded.find(fmt::format(" {} ", row.name)) != std::string::npos) {
            put_parameter(out, row, "query");
        }
    }
    out.close(']');
}

void put_answer(json_out& out, std::string_view status, std::string_view description,
                std::string_view schema) {
    out.open(status, '{').member("description", description);
    if (!schema.empty()) {
        out.open("content", '{').open("application/json", '{').open("schema", '{');
        out.member("$ref", fmt::format("#/components/schemas/{}", schema));
        out.close('}').close('}').close('}');
    }
    out.close('}');
}

}  // namespace

/// Schemas of answers, JSON: in openapi_schemas.cpp.
extern const std::string_view openapi_schemas;

void begin_description(json_out& out) {
    out.open('{').member("openapi", "3.0.3");
    out.open("info", '{').member("title", "mock-smsc").member("version", "1");
    out.member("description", "An SMSC for tests: what clients have sent, and how it behaves.");
    out.close('}').open("paths", '{');
}

void describe_call(json_out& out, std::string_view method, std::string_view path,
                   std::string_view summary) {
    std::string lower(method);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    out.open(lower, '{').member("summary", summary);
    const auto* const row = std::find_if(std::begin(calls), std::end(calls), [&](const auto& each) {
        return each.method == method && each.path == path;
    });
    if (row != std::end(calls)) {
        put_parameters(out, path, row->parameters);
        if (!row->body.empty()) {
            out.open("requestBody", '{').open("content", '{').open("application/json", '{');
            out.raw() += fmt::format(R"("schema":{{}},"example":{})", row->body);
            out.close('}').close('}').close('}');
        }
        out.open("responses", '{');
        put_answer(out, row->status, summary, row->answer);
        if (!row->otherwise.empty()) {
            put_answer(out, row->otherwise, "not so",
                       row->status == "200" && path == "/readyz" ? std::string_view("Error")
                                                                 : row->answer);
        }
    } else {
        out.open("responses", '{');
    }
    put_answer(out, "default", "an error", "Error");
    out.close('}').close('}');
}

void end_description(json_out& out) {
    out.close('}').open("components", '{');
    out.raw() += fmt::format(R"("schemas":{})", openapi_schemas);
    out.close('}').close('}');
}

}  // namespace mock_smsc
