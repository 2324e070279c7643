package web_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/internal/words"
	"newsroom.example/cards/share"
)

const hostile = `</script><script>alert(1)</script>" onload="x' <!-- & ` + "\u2028"

func pages(t *testing.T) *web.Pages {
	t.Helper()
	p, err := web.New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// parse reads a page as a browser does.
func parse(t *testing.T, out *bytes.Buffer) *html.Node {
	t.Helper()
	doc, err := html.Parse(out)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func each(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, visit)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func content(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

// checkPage holds for every page: only our own scripts, nothing inline, every control has a name.
func checkPage(t *testing.T, doc *html.Node, scripts []string) {
	t.Helper()
	var got []string
	named := map[string]bool{}
	each(doc, func(n *html.Node) {
		if n.Data == "label" {
			named[attr(n, "for")] = true
		}
	})
	each(doc, func(n *html.Node) {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s> has %s", n.Data, a.Key)
			}
			if (a.Key == "href" || a.Key == "src") && strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
				t.Errorf("<%s %s=%s>", n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "script":
			if attr(n, "type") != "application/json" {
				got = append(got, attr(n, "src"))
			}
		case "style", "iframe", "object", "base":
			t.Errorf("a page has <%s>", n.Data)
		case "input", "textarea", "select":
			if attr(n, "type") != "radio" && !named[attr(n, "id")] {
				t.Errorf("<%s id=%s> has no label", n.Data, attr(n, "id"))
			}
		case "img":
			if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "alt" }) {
				t.Errorf("an <img> has no alt")
			}
		}
	})
	if !slices.Equal(got, scripts) {
		t.Errorf("scripts %q, want %q", got, scripts)
	}
}

func TestStudio(t *testing.T) {
	var out bytes.Buffer
	err := pages(t).Studio(&out, web.StudioData{
		Form:  web.StudioForm{Headline: hostile, Caption: hostile, Site: hostile, URL: "javascript:alert(1)", FontStep: "1", Badge: hostile},
		Sizes: []web.Option{{Value: "og", Label: "og"}}, Badges: []web.Option{{Value: "", Label: "none"}}, CardURL: "/v1/card.png?headline=a&sig=b",
		Problems: []web.Problem{{Field: "headline", Message: hostile}},
		Links:    []web.Link{{Target: "facebook", Label: "Facebook", URL: "https://www.facebook.com/sharer/sharer.php?u=a&b"}, {Target: "mail", Label: "Mail", URL: "mailto:?subject=a&body=b"}},
		Cards:    []web.StudioCard{{Name: "og", URL: "/v1/card.png?headline=a&sig=b", File: hostile, Width: 1200, Height: 630}}, ZipURL: "/studio/cards.zip?sig=b",
		Story:  web.StudioStory{Headline: hostile, Summary: hostile, Host: hostile, Site: hostile, Button: hostile},
		Checks: []web.Check{{Level: "fault", Field: "headline", Message: hostile}, {Level: hostile, Field: "javascript:alert(1)", Message: hostile}, {Message: hostile}},
		Meta:   "<meta property=\"og:title\" content=\"a\">", Curl: hostile, Command: hostile, Visitor: web.Visitor{Editor: hostile, SignedIn: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse(t, &out)
	checkPage(t, doc, []string{"/static/studio.js"})
	seen := map[string]string{}
	each(doc, func(n *html.Node) {
		switch {
		case n.Data == "textarea", n.Data == "pre", n.Data == "p" && attr(n, "id") == "headline-problem":
			seen[attr(n, "id")] = content(n)
		case n.Data == "input" && attr(n, "name") == "font_step":
			if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
				seen["step"] += attr(n, "value")
			}
		case n.Data == "a" && strings.HasPrefix(attr(n, "href"), "mailto:"):
			seen["mail"] = attr(n, "href")
		}
	})
	for id, want := range map[string]string{"headline": hostile, "curl": hostile, "meta": "<meta property=\"og:title\" content=\"a\">", "headline-problem": hostile, "step": "1", "mail": "mailto:?subject=a&body=b"} {
		if seen[id] != want {
			t.Errorf("%s shows %q", id, seen[id])
		}
	}
}

func TestSignIn(t *testing.T) {
	var out bytes.Buffer
	if err := pages(t).SignIn(&out, web.SignInData{Action: "/?headline=%22%3E", Problem: hostile, Provider: hostile, ProviderURL: "/sign-in/provider"}); err != nil {
		t.Fatal(err)
	}
	doc := parse(t, &out)
	checkPage(t, doc, nil)
	seen := map[string]string{}
	each(doc, func(n *html.Node) {
		switch {
		case n.Data == "form":
			seen["form"] += attr(n, "method") + " " + attr(n, "action")
		case n.Data == "label":
			seen["label"] += attr(n, "for")
		case n.Data == "input":
			seen["input"] += attr(n, "id") + " " + attr(n, "type") + " " + attr(n, "autocomplete") + " " + attr(n, "aria-describedby")
		case attr(n, "role") == "alert":
			seen["problem"] += content(n)
		case n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/sign-in"):
			seen["link"] += attr(n, "href")
		}
	})
	for what, want := range map[string]string{
		"form": "post /?headline=%22%3E", "label": "token", "input": "token password current-password problem help", "problem": hostile, "link": "/sign-in/provider",
	} {
		if seen[what] != want {
			t.Errorf("%s: %q", what, seen[what])
		}
	}
}

func TestKakao(t *testing.T) {
	settings := map[string]any{"objectType": "feed", "content": map[string]any{"title": hostile}}
	for _, key := range []string{"", `key"><script>`} {
		var out bytes.Buffer
		err := pages(t).Kakao(&out, web.KakaoData{
			Lang: "ko", Title: hostile, Text: hostile, Image: "https://cards.example/a.jpg", URL: "https://news.example/a?b&c", JSKey: key,
			SDKURL: "https://t1.kakaocdn.net/sdk.js", SDKIntegrity: "sha384-x", Settings: settings,
		})
		if err != nil {
			t.Fatal(err)
		}
		doc := parse(t, &out)
		checkPage(t, doc, []string{"/static/kakao.js"})
		each(doc, func(n *html.Node) {
			switch {
			case n.Data == "h1" && content(n) != hostile:
				t.Errorf("title %q", content(n))
			case attr(n, "id") == "settings":
				var back map[string]any
				if err := json.Unmarshal([]byte(content(n)), &back); err != nil || back["content"].(map[string]any)["title"] != hostile {
					t.Errorf("settings %s, %v", content(n), err)
				}
			case attr(n, "id") == "kakao" && (attr(n, "data-key") != key || attr(n, "data-integrity") != "sha384-x" || n.LastChild.Data != "카카오톡으로 공유하기"):
				t.Errorf("button %v %s", n.Attr, n.LastChild.Data)
			}
		})
	}
}

// TestNotices: each is written in each language, with a way to the front page if there is one.
func TestNotices(t *testing.T) {
	titles := map[string]bool{}
	for _, lang := range words.Tags {
		for _, n := range []web.Notice{web.Missing, web.Gone, web.Later, web.Unknown} {
			for _, home := range []string{"", "https://news.example/?a=1&b=%22"} {
				var out bytes.Buffer
				if err := pages(t).WithHome(home).Notice(&out, lang, n); err != nil {
					t.Fatal(err)
				}
				doc, links := parse(t, &out), ""
				checkPage(t, doc, nil)
				each(doc, func(n *html.Node) {
					switch {
					case n.Data == "html" && (attr(n, "lang") != lang || attr(n, "dir") != words.Of(lang).Dir), n.Data == "p" && content(n) == "":
						t.Errorf("%s: %s %v", lang, n.Data, n.Attr)
					case n.Data == "h1":
						titles[content(n)] = true
					case n.Data == "a":
						links += attr(n, "href")
					}
				})
				if links != home {
					t.Errorf("%s leads to %q, not %q", lang, links, home)
				}
			}
		}
	}
	if len(titles) != 4*len(words.Tags) || titles[""] {
		t.Errorf("%d titles", len(titles))
	}
}

func TestStoryAndDocs(t *testing.T) {
	var out bytes.Buffer
	if err := pages(t).Story(&out, web.StoryData{Lang: "ko", Title: hostile, URL: "javascript:alert(1)", Meta: `<meta property="og:title" content="a">`}); err != nil {
		t.Fatal(err)
	}
	doc := parse(t, &out)
	checkPage(t, doc, nil)
	found := false
	each(doc, func(n *html.Node) {
		found = found || n.Data == "meta" && attr(n, "property") == "og:title" && n.Parent.Data == "head"
	})
	if !found {
		t.Error("the tags are not in the head")
	}
	out.Reset()
	fields := []web.Field{{Name: hostile, In: hostile, Type: hostile, Limits: hostile, Description: hostile, Required: true, Expanded: hostile}}
	body := []web.Content{{Media: hostile, Type: hostile, Fields: fields, Expanded: hostile}}
	err := pages(t).Docs(&out, web.DocsData{Title: hostile, About: []string{hostile}, Groups: []web.Group{{Name: "Pictures", About: hostile, Operations: []web.Operation{{
		ID: "card", Method: "GET", Path: "/v1/card.{format}", Summary: hostile, Description: hostile, Needs: hostile, Parameters: fields, Body: body,
		Answers:  []web.Response{{Status: "200", Description: hostile, Headers: fields, Content: body}},
		Errors:   []web.Refusal{{Status: hostile, Codes: []string{hostile}}},
		Examples: []web.Example{{Title: hostile, Curl: hostile, Status: hostile, Headers: hostile, Answer: hostile}},
	}}}}, Codes: []web.Code{{Code: hostile, When: hostile, Do: hostile}}})
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, parse(t, &out), nil)
}

// TestReference: the page of the reference is whole, its links lead somewhere, and its size stays within reason.
func TestReference(t *testing.T) {
	const service = "https://cards.harbor.example"
	d, err := web.Reference(service)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range d.Groups {
		for _, o := range g.Operations {
			if len(o.Answers) == 0 || len(o.Errors) == 0 || len(o.Examples) == 0 || o.Description == "" {
				t.Errorf("%s lacks answers, errors, examples or a description", o.ID)
			}
		}
	}
	var out bytes.Buffer
	if err := pages(t).Docs(&out, d); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); len(text) > maxReference || strings.Contains(text, web.PlaceURL) || !strings.Contains(text, service+"/v1/articles/storm-1") {
		t.Errorf("%d bytes; the service's URL may be missing", len(text))
	}
	doc := parse(t, &out)
	checkPage(t, doc, nil)
	ids := map[string]bool{}
	each(doc, func(n *html.Node) {
		id := attr(n, "id")
		if id != "" && ids[id] {
			t.Errorf("the id %s stands twice", id)
		}
		ids[id] = true
	})
	each(doc, func(n *html.Node) {
		if to, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && !ids[to] {
			t.Errorf("#%s leads nowhere", to)
		}
	})
}

// TestReferenceReads: the page can be walked by its headings and links, and says what a client has to send.
func TestReferenceReads(t *testing.T) {
	d, err := web.Reference("https://cards.harbor.example")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := pages(t).Docs(&out, d); err != nil {
		t.Fatal(err)
	}
	doc := parse(t, &out)
	if at := regexp.MustCompile(`\d[eE]\+\d+`).FindString(whole(doc)); at != "" {
		t.Errorf("a number is shown with an exponent: %s", at)
	}
	headings, byID := map[string]bool{}, map[string]string{}
	var firstLink string
	open := 0
	each(doc, func(n *html.Node) {
		if id := attr(n, "id"); strings.HasSuffix(id, "-summary") {
			byID[id] = whole(n)
		}
		switch n.Data {
		case "h1", "h2", "h3", "h4":
			if headings[whole(n)] {
				t.Errorf("two headings are %q", whole(n))
			}
			headings[whole(n)] = true
		case "a":
			firstLink = cmp.Or(firstLink, attr(n, "href"))
		case "pre":
			if strings.Contains(whole(n), `"meta_html": `) && n.Parent.Data != "details" {
				open++
			}
		}
	})
	if firstLink != "#main" {
		t.Errorf("the first link is %s", firstLink)
	}
	if open > 3 { // an article, a list and a batch
		t.Errorf("%d whole articles are shown unfolded", open)
	}
	each(doc, func(n *html.Node) {
		if n.Data == "article" && !headings[byID[attr(n, "aria-labelledby")]] {
			t.Errorf("the operation %s is not named by its heading", attr(n, "id"))
		}
	})
	for _, g := range d.Groups {
		for _, o := range g.Operations {
			for _, c := range o.Body {
				if c.Expanded == o.ID || c.Type != "" && len(c.Fields) == 0 && c.Expanded == "" {
					t.Errorf("%s does not say what its body is", o.ID)
				}
				if o.ID == "putArticle" {
					checkAuthors(t, c.Fields)
				}
				if o.ID == "patchArticle" && (c.Expanded != "putArticle" || c.Description == "") {
					t.Errorf("the body of PATCH: %+v", c)
				}
			}
		}
	}
}

// whole returns the text of an element and of those in it.
func whole(n *html.Node) (text string) {
	for in := range n.Descendants() {
		if in.Type == html.TextNode {
			text += in.Data
		}
	}
	return text
}

// checkAuthors: an author may be an object in a list, and the reference lists its fields.
func checkAuthors(t *testing.T, fields []web.Field) {
	t.Helper()
	found := map[string]bool{} // whether it is required
	for _, f := range fields {
		if name, ok := strings.CutPrefix(f.Name, "byline[]."); ok {
			found[name] = f.Required
		}
	}
	if want := map[string]bool{"name": true, "url": false, "x": false, "fediverse": false}; !maps.Equal(found, want) {
		t.Errorf("the fields of an author: %v, want %v", found, want)
	}
}

// maxReference is the largest page of the reference, in bytes. Compressed it is about a sixth.
const maxReference = 288 << 10

// TestStaticFiles holds that the pages' files ask nobody else for anything.
func TestStaticFiles(t *testing.T) {
	err := fs.WalkDir(web.Static(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(web.Static(), path)
		text := strings.ReplaceAll(string(raw), "http://www.w3.org/2000/svg", "")
		for _, bad := range []string{"http:", "https:", "@import", "eval(", "innerHTML", "url("} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %s", path, bad)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestBar holds that a hostile story's links and names stay links and names.
func TestBar(t *testing.T) {
	var out bytes.Buffer
	err := pages(t).Bar(&out, web.BarData{Lang: hostile, Styles: `https://cards.example/embed/cards.css?"><script>`, Links: []web.BarLink{
		{Target: "facebook", Action: hostile, Href: "https://www.facebook.com/sharer/sharer.php?u=a&b=\"><script>"},
		{Target: hostile, Action: hostile, Href: "javascript:alert(1)"}, {Target: "mail", Action: "M", Href: "data:text/html,x"},
		{Target: "link", Action: "Copy link", Href: "https://news.example/"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse(t, &out)
	checkPage(t, doc, nil)
	var seen, names []string
	each(doc, func(n *html.Node) {
		seen = append(seen, n.Data)
		switch n.Data {
		case "a":
			if href := attr(n, "href"); !strings.HasPrefix(href, "https://") && href != "#" {
				t.Errorf("leads to %s", href)
			}
			if attr(n, "target") == "_blank" && attr(n, "rel") != "noopener noreferrer" {
				t.Errorf("opens with %s", attr(n, "rel"))
			}
		case "span":
			names = append(names, content(n))
		case "nav":
			if attr(n, "lang") != "en" || attr(n, "aria-label") != "Share this story" {
				t.Errorf("%v", n.Attr)
			}
		}
	})
	item := " li a svg path span"
	if got := strings.Join(seen, " "); got != "html head link body nav ul"+strings.Repeat(item, 4) {
		t.Errorf("elements %s", got)
	}
	if len(names) != 4 || names[0] != hostile+" (opens in a new window)" || names[3] != "Link to the story (opens in a new window)" {
		t.Errorf("names %q", names)
	}
}

// TestKit: the script has English and the language of its address; every language is also a file of its own.
func TestKit(t *testing.T) {
	k, err := web.NewKit(share.RulesOf(share.Config{TwitterVia: "harborpost"}))
	if err != nil {
		t.Fatal(err)
	}
	file := func(name, lang string) string {
		f, ok, err := k.File(name, lang)
		if err != nil || !ok {
			t.Fatalf("%s in %q: %v, %v", name, lang, ok, err)
		}
		return string(f.Data)
	}
	english := file("cards.js", "")
	for _, lang := range []string{"en", "en-GB", "xx", "..", "en&x=1"} {
		if file("cards.js", lang) != english {
			t.Errorf("%q is not English", lang)
		}
	}
	if strings.Contains(english, "기사 공유") || !strings.Contains(file("cards.js", "ko-KR"), "기사 공유") || !strings.Contains(english, `"via":"harborpost"`) {
		t.Error("cards.js has other texts or rules")
	}
	for _, tag := range words.Tags {
		var got struct{ Lang, Dir, On, Group, Read string }
		if err := json.Unmarshal([]byte(file("words-"+tag+".json", "")), &got); err != nil {
			t.Fatal(err)
		}
		l := words.Of(tag)
		if got.Lang != tag || got.On != l.On || got.Group != l.Say("group") || got.Read == "" || (got.Dir == "rtl") != (l.Dir == "rtl") {
			t.Errorf("%s: %+v", tag, got)
		}
	}
	for _, name := range []string{"cards.js?lang=ko", "words-xx.json", "words-.json", "cards", "../cards.css", ""} {
		if _, ok, err := k.File(name, ""); ok || err != nil {
			t.Errorf("%q: %v, %v", name, ok, err)
		}
	}
}
