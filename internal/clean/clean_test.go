package clean_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/clean"
)

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>`, `Tom & Jerry’s "day" out`},
		{`R&amp;D Post`, `R&D Post`},
		{`<p>AT&amp;T&nbsp;plan&hellip;</p>`, `AT&T plan…`},
		{`AT&#038;T&#8217;s plan`, `AT&T’s plan`},
		{`AT&#x26;T &#X2019;s`, `AT&T ’s`},
		{`It&#39;s &#039;here&#039; &#00039;now&#00039;`, `It's 'here' 'now'`},
		{`Old &#146;quote&#146;`, `Old ’quote’`}, // numbers of Windows-1252, which HTML maps to Unicode
		{`caf&eacute; &mdash; &uuml;ber &Ccedil;a`, `café — über Ça`},
		{`폭풍&middot;해일 &quot;경보&quot;`, `폭풍·해일 "경보"`},
		{`&lt;script&gt; as a topic`, `<script> as a topic`},
		{`Is 3 &lt; 5 &amp;&amp; 7 &gt; 6`, `Is 3 < 5 && 7 > 6`},
		{`I &lt;3 it`, `I <3 it`},
		{`a &semi; b`, `a ; b`},
		{`First line<br>second<br/>third<BR />last`, `First line second third last`},
		{`inter<wbr>national`, `international`},
		{`<strong>Breaking: </strong>storm`, `Breaking: storm`},
		{`<a class="x" href='https://a.example/?a=1&b=2' data-n=3 hidden>Storm <b><i>front</i></b></a>`, `Storm front`},
		{`<EM>out</eM>`, `out`},
		{`<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>`, `漢字(かんじ)`},
		{`<p>One.</p><p>Two.</p>`, `One.  Two.`}, // Line folds the spaces
		{`<div><h2>One</h2><ul><li>Two</li></ul></div>`, `One   Two`},
		{`one&#9;two&#10;three&NewLine;four&Tab;five`, `one two three four five`},
		{`a&#0;b&#7;c&#x1b;d&#xd800;e&#x110000;f&#xffff;g&#xfdd0;h&#x81;i&amp;j`, `abcdefghi&j`},
		{`rtl &rlm;&zwnj;&#x202e;kept for the cleaning of lines`, "rtl \u200f\u200c\u202ekept for the cleaning of lines"},
		{`&nbsp;`, ``},

		// encoded twice, or more often
		{`Tom &amp;amp; Jerry&amp;#8217;s`, `Tom & Jerry’s`},
		{`&amp;quot;day&amp;quot;`, `"day"`},
		{`&lt;em&gt;Tom&amp;#8217;s&lt;/em&gt;`, `Tom’s`},
		{`&amp;amp;quot;day&amp;amp;quot;`, `"day"`},
		{`&amp;quot;How to use &amp;amp;amp; in HTML&amp;quot;`, `"How to use &amp;amp; in HTML"`}, // may be literal
		{`&amp;amp;quot;&amp;amp;amp;amp; stays&amp;amp;quot;`, `"&amp;amp; stays"`},
		{`&lt;b&gt;속보&lt;/b&gt; 지진`, `속보 지진`},
		{`&lt;em&gt;out&lt;/em&gt;`, `out`},
		{`&lt;i&gt;Dune&lt;/i&gt;&#8217;s end`, `Dune’s end`},
		{`&lt;p&gt;Tom &amp;amp; Jerry&lt;/p&gt;`, `Tom & Jerry`},
		{`&amp;lt;em&amp;gt;out&amp;lt;/em&amp;gt;`, `out`},
		{`First line&lt;br&gt;second`, `First line second`},
		{`AT&amp;T &amp;amp; more`, `AT&T &amp; more`}, // the bare & shows that the rest is literal

		// a reference that people do not type proves HTML, so that all references are decoded
		{`The &quot;&lt;br&gt;&quot; tag`, `The "<br>" tag`},
		{`R&D 투자 &quot;역대 최대&quot;`, `R&D 투자 "역대 최대"`},
		{`Marks &amp; Spencer&rsquo;s Q&A`, `Marks & Spencer’s Q&A`},
		{`&#8220;I <3 NY&#8221;`, `“I <3 NY”`},
		{`AT&T&#8217;s a < b, and how to write &lt;br&gt;`, `AT&T’s a < b, and how to write <br>`},
		{`caf&eacute; &nosuch; &copy x`, `café &nosuch; &copy x`},
		{`Why <b> beats <strong> &mdash; or &lt;em&gt;`, `Why <b> beats <strong> — or &lt;em&gt;`}, // tags out of order: the other references may be literal
		{`<!-- x -->Why <b> beats <strong> &mdash; or &lt;em&gt;`, `<!-- x -->Why <b> beats <strong> — or &lt;em&gt;`},
		{`&quot;How to use &amp;amp; in HTML&quot;`, `"How to use &amp;amp; in HTML"`},
		{`&ldquo;a&nbsp;b&rdquo; &amp;amp;`, `“a b” &amp;amp;`},
		{`How to use &#38;amp; in HTML`, `How to use &#38;amp; in HTML`},
		{`Harbor &#55357;&#56832; news &#xD83D;&#xde00;`, `Harbor 😀 news 😀`},
		{`a&#55357;b&#56832;&#56832;&#55357;c&#55357;&amp;d`, `abc&d`},
		{`&amp;#55357;&amp;#56832;`, `😀`},

		// tags around text prove HTML; a bare & or < in it is literal
		{`<p>R&D</p>`, `R&D`},
		{`<p>AT&T&nbsp;plan&hellip;</p>`, `AT&T plan…`},
		{`<p>I <3 NY & a < b &copy c</p>`, `I <3 NY & a < b &copy c`},
		{`<p>AT&T: how to write &lt;br&gt;</p>`, `AT&T: how to write <br>`},
		{`<p>How to use &amp;amp;</p>`, `How to use &amp;amp;`},
		{`<p>&lt;script&gt;x&lt;/script&gt;</p>`, `<script>x</script>`},
		{`<p>Text <img src="x.jpg"/> more</p>`, `Text   more`},
		{`<p>One</p><hr><figure><img src=x><figcaption>Two</figcaption></figure>`, `One     Two`},
		{`<p>one<p>two`, `one two`},
		{`<div><p>one<p>two</div>`, `one two`},
		{`<ul><li>one<li>two</ul>`, `one two`},
		{`<!-- x --><p>A&amp;B</p><!---->`, `A&B`},
		{`<i class="icon"></i>Storm`, `Storm`},
		{`First line<br>second`, `First line second`}, {`Storm.<br /> Harbor shuts`, `Storm.  Harbor shuts`},
		{`one <br>two <br>three`, `one  two  three`},
		{`Tom &amp; Jerry <br> day`, `Tom & Jerry   day`},
		{`10<sup>6</sup>`, `10⁶`}, {`H<sub>2</sub>O`, `H₂O`}, {`10<sup>−3</sup> 10<sup>+(1-2)=</sup>`, `10⁻³ 10⁺⁽¹⁻²⁾⁼`},
		{`2<sup>n+1</sup> x<sub>n1</sub>`, `2^n+1 xn1`}, {`10<sup>1.5</sup>`, `10^1.5`}, {`the 1<sup>st</sup> day`, `the 1st day`},
		{`x<sup>2<sup>3</sup></sup> y<sup><a href="#n">1</a></sup>`, `x^2³ y¹`},
		{`a<sup>` + strings.Repeat("1", 32) + `</sup>`, `a` + strings.Repeat("¹", 32)},
		{`a<sup>` + strings.Repeat("1", 33) + `</sup>`, `a` + strings.Repeat("1", 33)},

		// text that may be meant literally stays
		{`What does <br> do?`, ``}, {`What does <wbr> do?`, ``}, {`The "<br>" tag`, ``}, {`<br>`, ``}, {`<br>태그란`, ``}, {`The <p> tag`, ``}, {`<p>one`, ``},
		{`Use <br> or <br/>?`, ``}, {`Use <b> and </b>`, ``}, {`The <b></b> element`, ``}, {`The <p></p> element`, ``}, {`Text <img src="x.jpg"> more`, ``},
		{`R&D &nbsp; x`, ``}, {`<p>a</p><script>alert(1)</script>`, ``}, {`<style>p{}</style><p>a</p>`, ``}, {`<p>a</p><!-- <b> -->`, ``}, {`<p>a</div>`, ``},
		{`<p>a</p></p>`, ``}, {`<p>a <b>b</p>`, ``}, {`<hr/></hr>`, ``},
		{`AT&T`, ``}, {`R&D`, ``}, {`a < b`, ``}, {`a > b`, ``}, {`AT&T: a < b, and how to write &lt;br&gt;`, ``}, {`How to use &amp;amp; in HTML`, ``},
		{`Where &amp;lt; and &amp;nbsp; come from`, ``}, {`<script>alert(1)</script>`, ``}, {`<script> as a topic`, ``}, {`Why <b> beats <strong>`, ``},
		{`x &copy y`, ``}, {`&nosuch;`, ``}, {`Tom &amp; Jerry &nosuch;`, ``}, {`&notit;`, ``}, {`&amp;lt;b&amp;gt;`, ``},
		{`Q&A; then more &amp; more`, ``}, {`Tom &amp Jerry`, ``}, {`&;`, ``}, {`&#;`, ``}, {`&#x;`, ``}, {`&#xzz;`, ``}, {`&#99999999;`, ``}, {`&`, ``}, {`<`, ``}, {`<>`, ``},
		{`I <3 it &amp; you`, ``}, {`</b>`, ``}, {`</b><b>`, ``}, {`<b><i>crossed</b></i>`, ``}, {`<b>open`, ``}, {`<em/>`, ``}, {`<b></b class="x">`, ``},
		{`</br>`, ``}, {`<img src=x onerror=alert(1)>`, ``}, {`<b "x">y</b>`, ``}, {`<bold>x</bold>`, ``}, {`<!-- x -->`, ``}, {`< b>x</b>`, ``}, {`<b`, ``},
		{`plain text; with 'quotes' and "more"`, ``}, {``, ``}, {` spaced `, ``}, {"tab\tand\u00a0no-break", ``},
		{"&" + strings.Repeat("amp;", 5) + "#8217;", ``}, // more nested encodings than maxLayers
	} {
		want := tt.want
		if want == "" && tt.in != `&nbsp;` {
			want = tt.in
		}
		if got := clean.Decode(tt.in); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", tt.in, got, want)
		}
		if got := clean.Decode(want); got != want {
			t.Errorf("%s: again %q", tt.in, got)
		}
	}
}

func TestLine(t *testing.T) {
	const scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
	marks := func(n int) string { return strings.Repeat("\u0301", n) }
	for _, tt := range []struct{ why, in, want string }{
		{"folds white space", " a\t\tb\r\nc\u2028d\u2009e ", "a b c d e"},
		{"keeps no-break spaces", "3.5\u00a0%\u202f!\u2007?\u3000", "3.5\u00a0%\u202f!\u2007?\u3000"},
		{"composes jamo", "\u1112\u1161\u11ab", "한"},
		{"composes what is behind something hidden", "e\ufeff\u0301", "é"},
		{"drops annotation, byte order marks, noncharacters", "\ufeffa\ufff9b\ufffac\ufffbd\ufffee\uffff", "abcde"},
		{"keeps a replacement character", "a\ufffdb", "a\ufffdb"},
		{"keeps families", "👩‍👩‍👧", "👩‍👩‍👧"},
		{"sees nothing in blanks", "\u200b\u3164 \u3000\u2800\u0301", ""},
		{"sees a letter among blanks", "\u200ba\u3164", "\u200ba\u3164"},

		{"drops stray tags", "a\U000e0041b\U000e0067\U000e007f\U000e0001", "ab"},
		{"keeps the flag of Scotland", scotland + scotland, scotland + scotland},
		{"drops tags of a flag without an end", strings.TrimSuffix(scotland, "\U000e007f") + "a", "\U0001f3f4a"},
		{"drops tags of a flag at the end", "\U0001f3f4\U000e0067", "\U0001f3f4"},
		{"drops a text behind a flag", "\U0001f3f4" + strings.Repeat("\U000e0061", 7) + "\U000e007f", "\U0001f3f4"},
		{"drops a flag that is too short", "\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4"},
		{"drops tags of capitals", "\U0001f3f4\U000e0047\U000e0042\U000e0053\U000e007f", "\U0001f3f4"},
		{"drops tags apart from their flag", "\U0001f3f4\ufeff" + scotland[4:], "\U0001f3f4"},

		{"keeps thirty marks", "q" + marks(30), "q" + marks(30)},
		{"clips marks", "z" + marks(1000), "ź" + marks(29)},
		{"clips marks of each base", "q" + marks(31) + "q" + marks(31), "q" + marks(30) + "q" + marks(30)},
		{"clips marks that joiners part", "q" + marks(20) + "\u200d" + marks(20), "q" + marks(20) + "\u200d" + marks(10)},
		{"clips marks of marks", "q" + strings.Repeat("\u0344", 30), "q" + strings.Repeat("\u0308\u0301", 15)},

		{"drops overrides with their ends", "\u202egpj\u202c.exe\u202d", "gpj.exe"},
		{"keeps closed isolates and embeddings", "a \u2067ע\u202ab\u202cב\u2069 c", "a \u2067ע\u202ab\u202cב\u2069 c"},
		{"drops open isolates", "a \u2067עב", "a עב"},
		{"drops stray ends", "a\u2069b\u202c", "ab"},
		{"drops a second end of an isolate", "\u2066a\u2069b\u2069c", "\u2066a\u2069bc"},
		{"drops a second end of an embedding", "\u202aa\u202cb\u202cc", "\u202aa\u202cbc"},
		{"keeps isolates in isolates", "\u2066a\u2067b\u2069c\u2069d\u2069", "\u2066a\u2067b\u2069c\u2069d"},
		{"keeps marks of direction", "\u200fa\u200e\u061c", "\u200fa\u200e\u061c"},
		{"the end of an isolate ends its embeddings", "\u2066a\u202bb\u2069c\u202c", "\u2066ab\u2069c"},
		{"the end of an embedding ends no isolate", "\u202ba\u2067b\u202cc\u2069d\u202c", "\u202ba\u2067bc\u2069d\u202c"},
		{"an override has its own end", "\u202ba\u202eb\u202cc\u202cd", "\u202babc\u202cd"},

		{"decodes", " Tom  &amp;  Jerry ", "Tom & Jerry"},
		{"decodes what is hidden", "&\u202eamp;", "&"},
		{"leaves what would be HTML again", "&amp;&#x202e;lt;", "&amp;&#x202e;lt;"},
		{"brings no control character in", "a&#7;&amp;", "a&"},
	} {
		got, err := clean.Line(tt.in, 100)
		if err != nil || got.String() != tt.want {
			t.Errorf("%s: %+q, %v; want %+q", tt.why, got, err, tt.want)
		}
		again, err := clean.Line(tt.want, 100)
		if err != nil || again.String() != tt.want || clean.IsHTML(again.String()) {
			t.Errorf("%s: again %+q, %v", tt.why, again, err)
		}
	}
}

// markup returns HTML of n bytes that is a short line.
func markup(n int) string {
	const begin, end = `<p class="`, `">Tom</p>`
	return begin + strings.Repeat("x", n-len(begin+end)) + end
}

func TestLineRefuses(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"\xff", "is not valid UTF-8"}, {"\xed\xa0\x80", "is not valid UTF-8"},
		{"a\x00", "holds a control character"}, {"\x1b[0m", "holds a control character"},
		{"a\x7f", "holds a control character"}, {"가\u0085", "holds a control character"},
		{"abcdefghijk", "has 11 characters; at most 10 are taken"},
		{strings.Repeat("&amp;", 11), "has 11 characters; at most 10 are taken"},
		{strings.Repeat("&amp;", 100), "has 500 characters; at most 10 are taken"}, // too long to be decoded
		{markup(161), "has 161 characters; at most 10 are taken"},                  // the same, by one byte
		{markup(160), ""}, {strings.Repeat("&amp;", 10), ""}, {strings.Repeat("가", 10), ""}, {"", ""},
	} {
		line, err := clean.Line(tt.in, 10)
		if tt.want == "" && err == nil {
			continue
		}
		if err == nil || err.Error() != tt.want {
			t.Errorf("%.20q: %v, want %s", tt.in, err, tt.want)
		}
		if long := strings.HasPrefix(tt.want, "has"); (line.String() != "") != long {
			t.Errorf("%.20q: the line %q", tt.in, line)
		}
	}
}

// TestEveryMarkIsClipped: the shortcut for common letters (isLetter) skips no mark.
func TestEveryMarkIsClipped(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			continue
		}
		line, err := clean.Line("q"+strings.Repeat(string(r), 40), 100)
		if n := utf8.RuneCountInString(line.String()); n > 31 || err != nil {
			t.Errorf("%U: %d characters, %v", r, n, err)
		}
	}
}

func TestIsHTML(t *testing.T) {
	for in, want := range map[string]bool{
		"Tom &amp; Jerry": true, "Tom & Jerry": false, "&amp;&#x202e;lt;": false,
		" a\u2067 ": false, "&amp;\x00": false, "": false,
		strings.Repeat("&amp;", 10_000): true,
	} {
		if got := clean.IsHTML(in); got != want {
			t.Errorf("%.30q: %t", in, got)
		}
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in   string
		most int
		want string
	}{
		{"abc", 3, "abc"}, {"abc", 2, "ab"}, {"가나다", 2, "가나"}, {"ab c", 3, "ab"}, {"", 0, ""},
		{"a\u2067bc\u2069", 3, "ab"}, // the unclosed isolate is removed
		{"Q&A: &lt;b", 9, "Q&A: &lt;"},
		{"&lt;b Q&A", 5, "<b"}, // Cut cleans the shorter text again, which decodes it
	} {
		line, err := clean.Line(tt.in, 100)
		if err != nil {
			t.Fatal(err)
		}
		if got := line.Cut(tt.most).String(); got != tt.want {
			t.Errorf("%q to %d: %+q, want %+q", tt.in, tt.most, got, tt.want)
		}
	}
}

func TestBalance(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "\u2067a\u2069": "\u2067a\u2069", "\u202ba\u202c": "\u202ba\u202c",
		"\u2067a": "a", "a\u2069": "a", "\u202ba": "a", "a\u202c": "a", "\u202ea\u202c": "a", "  a\u200f\t\u2066": "  a\u200f\t",
	} {
		if got := clean.Balance(in); got != want {
			t.Errorf("%+q: %+q, want %+q", in, got, want)
		}
	}
}

func TestRepair(t *testing.T) {
	if got := clean.Repair("a\x00b\xffc\ufffdd\u0085e\tf\ng가"); got != "a b c d e\tf\ng가" {
		t.Errorf("%q", got)
	}
}

// FuzzLine checks that Line does not change its own result, and that no line contains characters that hide or reorder
// text.
func FuzzLine(f *testing.F) {
	for _, s := range []string{
		" Tom  &amp;  Jerry ", "&\u202eamp;&#x202e;lt;", "\u2066a\u202bb\u2069c\u202c",
		"\U0001f3f4\U000e0067\U000e0062\U000e007f",
		"q" + strings.Repeat("\u0344", 40) + "\u200d\u0301", "e\ufeff\u0301 \u3164",
		"\u1112\u1161\u11ab\u00a0", "\xe2\x80\u202e\xae", "a\x00", "<b>a</b>\u0338",
	} {
		f.Add(s, 8)
	}
	f.Fuzz(func(t *testing.T, s string, most int) {
		line, err := clean.Line(s, 1<<20)
		if err != nil {
			if utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) {
				t.Fatalf("%q: %v", s, err)
			}
			line, err = clean.Line(clean.Repair(s), 1<<20)
		}
		if err != nil {
			t.Fatalf("%q is not repaired: %v", s, err)
		}
		for _, l := range []clean.String{line, line.Cut(most & 63)} {
			text := l.String()
			if again, err := clean.Line(text, 1<<20); again.String() != text || clean.IsHTML(again.String()) || err != nil {
				t.Errorf("%+q gives %+q, gives %+q, %v", s, text, again, err)
			}
			hides := clean.Balance(text) != text || strings.ContainsAny(text, "\u202d\u202e\t\n\ufeff")
			if hides || strings.Contains(text, "  ") {
				t.Errorf("%+q gives %+q", s, text)
			}
		}
	})
}

// FuzzDecode checks that Decode does not change its own result, keeps valid UTF-8 valid, adds no control characters and
// does not lengthen the text.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		`Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>`, `AT&T: a < b, and how to write &lt;br&gt;`, `How to use &amp;amp; in HTML`,
		`&lt;em&gt;Tom&amp;#8217;s&lt;/em&gt;`, `<p>a</p><br/>&nbsp;&#0;&#x202e;`, `&amp;amp;amp;amp;#38;lt;`, `<a href="&lt;">&lt;b>&lt;/b></a>`, `R&D &quot;x&quot; &amp;amp;`, `<p>one<p>10<sup>6</sup>`,
		`&#55357;&#56832;&amp;#38;amp;`, `<b>&#38;</b>amp;amp;`, `a<br>b<!-- x --><img src=x>`, `&<b>a</b>amp;#8217;`, `<p><p></b><p></b>`, "&\u202eamp;&#x202e;lt;", "\xe2\x80\u202e\xae",
	} {
		f.Add(s)
	}
	controls := func(s string) (n int) {
		for _, r := range s {
			if unicode.IsControl(r) {
				n++
			}
		}
		return n
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := clean.Decode(s)
		if again := clean.Decode(got); again != got {
			t.Errorf("%q gives %q gives %q", s, got, again)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) || controls(got) > controls(s) {
			t.Errorf("%q gives %q", s, got)
		}
		if got != s && !strings.ContainsAny(s, "&<") {
			t.Errorf("%q gives %q", s, got)
		}
	})
}

// TestCleaning: characters that hide or reorder text are removed, and similar harmless ones stay.
func TestCleaning(t *testing.T) {
	const scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
	zalgo := "z" + strings.Repeat("\u0301", 1000)
	for _, tt := range []struct{ why, in, want string }{
		{"folds white space", " a\t\tb\r\nc ", "a b c"},
		{"keeps no-break spaces", "3.5\u00a0%", "3.5\u00a0%"},
		{"composes jamo", "\u1112\u1161\u11ab", "한"},
		{"drops overrides", "\u202egpj.exe", "gpj.exe"},
		{"keeps closed isolates", "a \u2067עב\u2069 c", "a \u2067עב\u2069 c"},
		{"drops open isolates", "a \u2067עב", "a עב"},
		{"drops stray closers", "a\u2069b\u202c", "ab"},
		{"keeps the flag of Scotland", scotland, scotland},
		{"drops stray tags", "a\U000e0067b", "ab"},
		{"drops byte order marks", "\ufeffa", "a"},
		{"keeps families", "👩‍👩‍👧", "👩‍👩‍👧"},
		{"clips marks", zalgo, "ź" + strings.Repeat("\u0301", 29)},
		{"sees nothing in blanks", "\u200b\u3164", ""},
	} {
		if got, err := clean.Line(tt.in, 2000); err != nil || got.String() != tt.want {
			t.Errorf("%s: %+q, %v; want %+q", tt.why, got, err, tt.want)
		}
	}
}

// TestCleaningOfASCII: in printable ASCII only spaces are changed.
func TestCleaningOfASCII(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		line := make([]byte, random.IntN(12))
		for i := range line {
			line[i] = "  \t\n~!aZ09"[random.IntN(10)]
		}
		want := strings.Join(strings.Fields(string(line)), " ")
		if got, err := clean.Line(string(line), 100); err != nil || got.String() != want {
			t.Fatalf("%q becomes %q, %v; want %q", line, got, err, want)
		}
	}
	for c := range 0x80 { // control characters are rejected at every position
		_, err := clean.Line("a"+string(rune(c)), 100)
		if control := c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f; (err != nil) != control {
			t.Errorf("%#x: %v", c, err)
		}
	}
}

// TestBlanksChangeNothing: the limit for decoding applies after spaces are folded, so that extra spaces do not matter.
func TestBlanksChangeNothing(t *testing.T) {
	for _, most := range []int{300, 1000, 2000} {
		line, err := clean.Line(strings.Repeat(" ", 40_000)+"Tom &amp; Jerry", most)
		if err != nil || line.String() != "Tom & Jerry" {
			t.Errorf("at most %d: %q, %v", most, line, err)
		}
	}
}

// TestInvisibleLetters: a text of only invisible letters becomes the empty line.
func TestInvisibleLetters(t *testing.T) {
	for _, letter := range []string{"\u3164", "\u115f", "\u1160", "\uffa0", "\u2800"} {
		if line, err := clean.Line(letter, 10); err != nil || line.String() != "" {
			t.Errorf("%+q: %q, %v", letter, line, err)
		}
	}
}

// TestTags: tag characters stay only in a regional flag, as three to six letters or digits and the end tag.
func TestTags(t *testing.T) {
	const flag, end = "\U0001f3f4", "\U000e007f"
	tags := func(s string) (hidden string) {
		for _, r := range s {
			hidden += string(0xe0000 + r)
		}
		return hidden
	}
	for in, kept := range map[string]bool{
		"gb": false, "gbs": true, "gbeng": true, "usca12": true, "usca123": false,
		"g09": true, "gaz": true, "g/0": false, "g9:": false, "g`a": false, "gz{": false,
	} {
		want := flag
		if kept {
			want = flag + tags(in) + end
		}
		if line, err := clean.Line(flag+tags(in)+end, 100); err != nil || line.String() != want {
			t.Errorf("%s: %+q, %v; want %+q", in, line.String(), err, want)
		}
	}
	for in, want := range map[string]string{
		"a\U000e0000b": "ab", "a\U000e0001b": "ab", "a\U000e007fb": "ab", "a\U000e0080b": "a\U000e0080b",
		flag + tags("gbs"): flag, "a\ufff8b": "a\ufff8b", "a\ufff9b": "ab", "a\ufffbb": "ab", "a\ufffcb": "a\ufffcb",
	} {
		if line, err := clean.Line(in, 100); err != nil || line.String() != want {
			t.Errorf("%+q: %+q, %v; want %+q", in, line.String(), err, want)
		}
	}
}

// TestReferencesToNoCharacter: references to noncharacters are removed; those to their neighbours are decoded.
func TestReferencesToNoCharacter(t *testing.T) {
	for in, want := range map[string]string{
		"&#xfdd0;": "", "&#xfdef;": "", "&#xfdf0;": "\ufdf0", "&#xfdcf;": "\ufdcf", "&#xfffe;": "", "&#xffff;": "",
		"&#x1fffe;": "", "&#x10ffff;": "", "&#xfffd;": "", "&#0;": "", "&#xd800;": "", "&#2147483648;": "&#2147483648;",
	} {
		if line, err := clean.Line("a"+in+"b", 100); err != nil || line.String() != "a"+want+"b" {
			t.Errorf("%s: %+q, %v; want %+q", in, line.String(), err, "a"+want+"b")
		}
	}
}
