package handlers

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

func newEcho() *echo.Echo { return echo.New() }

// hostileValues are values of a parameter, escaped.
var hostileValues = map[string]string{
	"long": strings.Repeat("x", 30_000), "markup": strings.Repeat("%3Cscript%3E", 2000), "a NUL": "a%00b",
	"no UTF-8": "%ff%fe", "a surrogate": "%ed%a0%80", "a negative number": "-1", "a huge number": strings.Repeat("9", 400),
	"infinity": "1e999", "a script": "javascript:alert(1)", "user info": "http://a@127.0.0.1/", "a path": "..%2f..%2f",
	"a line break": "a%0d%0aX-Injected:%20b", "an override": "%E2%80%AEgpj.exe", "many commas": strings.Repeat(",", 20_000),
	"invisible": strings.Repeat("%E2%80%8D", 3000), "a malformed escape": "%zz", "nothing": "",
	"many marks": "z" + strings.Repeat("%CC%81", 4000), "astral": strings.Repeat("%F0%92%80%80", 900),
}

// hostileHeaders are values of headers that some route reads.
var hostileHeaders = []struct{ name, value string }{
	{"Authorization", "Bearer " + strings.Repeat("x", 30_000)}, {"Authorization", "\xff"}, {"Authorization", "KakaoAK"},
	{"Cookie", strings.Repeat("cards-session=AAAA; ", 1500)}, {"Cookie", "cards-session=" + strings.Repeat("A", 30_000)},
	{"If-None-Match", strings.Repeat(`"a",`, 7000)}, {"If-None-Match", "*"}, {"If-Match", strings.Repeat(`W/"`, 7000)},
	{"Range", "bytes=" + strings.Repeat("0-0,", 7000)}, {"Range", "bytes=-1,-1,9-1"}, {"Range", "lines=\xff"},
	{"If-Range", "Mon"}, {"If-Modified-Since", strings.Repeat("Mon, ", 6000)}, {"If-Unmodified-Since", "\xff"},
	{"Content-Type", "multipart/form-data; boundary=" + strings.Repeat("x", 30_000)}, {"Content-Type", "\xff/\xfe;"},
	{"User-Agent", strings.Repeat("bot KAKAOTALK line/ ", 1500)}, {"User-Agent", "Mozilla/ \xff\x1b[0m"},
	{"X-Forwarded-For", strings.Repeat("203.0.113.1, ", 2000)}, {"X-Forwarded-For", "fe80::1%" + strings.Repeat("z", 30_000)},
	{"Origin", "https://" + strings.Repeat("x", 30_000)}, {"Origin", "null"}, {"Origin", "://"}, {"Sec-Fetch-Site", "\xff"},
	{"Sec-Purpose", strings.Repeat("prefetch;", 3000)}, {"Accept", strings.Repeat("*/*;q=0.1,", 3000)},
	{"Accept-Encoding", strings.Repeat("gzip;q=0.5, ", 2500)}, {"Accept-Encoding", "zstd, gzip;q=\xff"},
	{"Accept-Language", strings.Repeat("ko-KR-x-", 3000)}, {"X-Kakao-Resource-ID", strings.Repeat("1", 30_000)},
	{"Content-Encoding", "gzip"}, {"X-HTTP-Method-Override", "DELETE"}, {"X-Original-URL", "/studio.json"},
}

// hostileBodies are bodies by their kind; the part of the kind before the comma is the Content-Type.
var hostileBodies = []struct{ why, contentType, body string }{
	{"nested", "application/json", nested(5300)}, {"unknown keys", "application/json", unknownKeys(6000)},
	{"unclosed", "application/json", strings.Repeat("[", maxJSON)}, {"no UTF-8", "application/json", "{\"url\":\"\xff\xfe\"}"},
	{"long keys", "application/json", `{"` + strings.Repeat("<\\u0001", 7000) + `":1}`}, {"null", "application/json", "null"},
	{"many long keys", "application/json", "{" + strings.Repeat(`"`+strings.Repeat("<\\u0001", 200)+`":1,`, 30) + `"x":1}`},
	{"a long number", "application/json", `{"font_step":1` + strings.Repeat("0", 60_000) + `}`},
	{"a surrogate", "application/json", `{"url":"https://news.example/a","headline":"\ud800"}`},
	{"a long text", "application/json", `{"url":"https://news.example/a","headline":"` + strings.Repeat("뉴", 20_000) + `"}`},
	{"many tags", "application/json", `{"url":"https://news.example/a","headline":"A","tags":[` + strings.Repeat(`"",`, 15_000) + `""]}`},
	{"half an object", "application/json", `{"CHAT_TYPE":`}, {"of a wrong type", "application/json", `{"CHAT_TYPE":{},"code":[]}`},
	{"a form", "application/x-www-form-urlencoded", "token=" + strings.Repeat("x", 9000)},
	{"many fields", "application/x-www-form-urlencoded", strings.Repeat("token=a&", 1000)},
	{"a malformed form", "application/x-www-form-urlencoded", "token=%zz;&%"},
	{"many parts", "multipart/form-data; boundary=x", strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../../x\"\r\n\r\n\r\n", 800)},
	{"a large body", "", strings.Repeat("a", 10<<20+1)}, {"nothing", "", ""},
}

// hostilesOf returns hostile requests to a route, whose query has the parameters.
func hostilesOf(method, path string, parameters []string) (all []hostile) {
	address := addressOf(path)
	bare, query, _ := strings.Cut(address, "?")
	add := func(in hostile) {
		if in.method == "" {
			in.method = method
		}
		if in.target == "" {
			in.target = address
		}
		all = append(all, in)
	}
	many := "first="
	for i := range 1999 {
		many += fmt.Sprintf("&p%d=", i)
	}
	for why, q := range map[string]string{
		"of 2,000 parameters": many, "of a long name": strings.Repeat("뉴<", 4000), "with semicolons": query + ";a=b",
		"that is malformed": query + "&%zz=%", "of one name again and again": strings.Repeat("headline=a&", 2500),
		"of a key": "key=" + strings.Repeat("x", 30_000), "of empty names": strings.Repeat("=&", 10_000),
	} {
		add(hostile{why: "query " + why, target: bare + "?" + q})
	}
	for why, value := range hostileValues {
		together := ""
		for _, name := range parameters {
			add(hostile{why: "parameter " + name + " " + why, target: bare + "?" + name + "=" + value})
			if query != "" {
				add(hostile{why: "parameter " + name + " " + why + ", beside the usual", target: address + "&" + name + "=" + value})
			}
			if len(value) < 500 {
				together += "&" + name + "=" + value
			}
		}
		add(hostile{why: "parameter of every name " + why, target: bare + "?" + together})
	}
	for _, part := range []string{":id", ":version", ":file", ":code", ":target"} {
		for why, value := range hostileValues {
			if strings.Contains(path, part) && value != "" {
				add(hostile{why: "path " + part + " " + why, target: addressOf(strings.Replace(path, part, value, 1))})
			}
		}
	}
	for _, h := range hostileHeaders {
		add(hostile{why: fmt.Sprintf("header %s %.20q", h.name, h.value), header: h.name, value: h.value})
	}
	for _, b := range hostileBodies {
		if method == http.MethodPost || method == http.MethodPut {
			add(hostile{why: "body " + b.why, contentType: b.contentType, body: b.body})
		}
	}
	for _, other := range []string{"PATCH", "TRACE", "OPTIONS", "BREW"} {
		add(hostile{why: "method " + other, method: other})
	}
	return all
}
