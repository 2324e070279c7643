package clean_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/clean"
)

func TestText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>`, `Tom & Jerry’s "day" out`},
		{`R&amp;D Post`, `R&D Post`},
		{`<p>AT&amp;T&nbsp;plan&hellip;</p>`, `AT&T plan…`},
		{`AT&#038;T&#8217;s plan`, `AT&T’s plan`},
		{`AT&#x26;T &#X2019;s`, `AT&T ’s`},
		{`It&#39;s &#039;here&#039; &#00039;now&#00039;`, `It's 'here' 'now'`},
		{`Old &#146;quote&#146;`, `Old ’quote’`}, // Windows-1252, as HTML reads it
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
		{`<p>One.</p><p>Two.</p>`, `One.  Two.`}, // who sets lines folds the spaces
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
		{`&amp;quot;How to use &amp;amp;amp; in HTML&amp;quot;`, `"How to use &amp;amp; in HTML"`}, // what is left may be meant
		{`&amp;amp;quot;&amp;amp;amp;amp; stays&amp;amp;quot;`, `"&amp;amp; stays"`},
		{`&lt;b&gt;속보&lt;/b&gt; 지진`, `속보 지진`},
		{`&lt;em&gt;out&lt;/em&gt;`, `out`},
		{`&lt;i&gt;Dune&lt;/i&gt;&#8217;s end`, `Dune’s end`},
		{`&lt;p&gt;Tom &amp;amp; Jerry&lt;/p&gt;`, `Tom & Jerry`},
		{`&amp;lt;em&amp;gt;out&amp;lt;/em&amp;gt;`, `out`},
		{`First line&lt;br&gt;second`, `First line second`},
		{`AT&amp;T &amp;amp; more`, `AT&T &amp; more`}, // the bare & shows that the rest is meant

		// a reference that nobody types is decoded wherever it stands, and the others with it
		{`The &quot;&lt;br&gt;&quot; tag`, `The "<br>" tag`},
		{`R&D 투자 &quot;역대 최대&quot;`, `R&D 투자 "역대 최대"`},
		{`Marks &amp; Spencer&rsquo;s Q&A`, `Marks & Spencer’s Q&A`},
		{`&#8220;I <3 NY&#8221;`, `“I <3 NY”`},
		{`AT&T&#8217;s a < b, and how to write &lt;br&gt;`, `AT&T’s a < b, and how to write <br>`},
		{`caf&eacute; &nosuch; &copy x`, `café &nosuch; &copy x`},
		{`Why <b> beats <strong> &mdash; or &lt;em&gt;`, `Why <b> beats <strong> — or &lt;em&gt;`}, // tags out of order: the others may be meant
		{`&quot;How to use &amp;amp; in HTML&quot;`, `"How to use &amp;amp; in HTML"`},
		{`&ldquo;a&nbsp;b&rdquo; &amp;amp;`, `“a b” &amp;amp;`},
		{`How to use &#38;amp; in HTML`, `How to use &#38;amp; in HTML`},
		{`Harbor &#55357;&#56832; news &#xD83D;&#xde00;`, `Harbor 😀 news 😀`},
		{`a&#55357;b&#56832;&#56832;&#55357;c&#55357;&amp;d`, `abc&d`},
		{`&amp;#55357;&amp;#56832;`, `😀`},

		// tags around text prove HTML, in which a bare & or < is literal
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
		{`a<sup>` + strings.Repeat("1", 33) + `</sup>`, `a` + strings.Repeat("1", 33)},

		// what may be meant stays
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
		{"&" + strings.Repeat("amp;", 5) + "#8217;", ``}, // deeper than anybody encodes
	} {
		want := tt.want
		if want == "" && tt.in != `&nbsp;` {
			want = tt.in
		}
		if got := clean.Text(tt.in); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", tt.in, got, want)
		}
		if got := clean.Text(want); got != want {
			t.Errorf("%s: again %q", tt.in, got)
		}
	}
}

func TestURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/?a=1&amp;b=2":             "https://a.example/?a=1&b=2",
		"https://a.example/?a=1&#038;b=2&#38;c=3":    "https://a.example/?a=1&b=2&c=3",
		"https://a.example/?a=1&#x26;b=2&AMP;c":      "https://a.example/?a=1&b=2&c",
		"https://a.example/?a=1&amp;amp;b=2":         "https://a.example/?a=1&b=2",
		"https://a.example/?a=1&amp;#038;b=2":        "https://a.example/?a=1&b=2",
		"https://a.example/?a=1&b=2&amp;c=3":         "https://a.example/?a=1&b=2&c=3",
		"https://a.example/?a=1&b=2":                 "https://a.example/?a=1&b=2",
		"https://a.example/?x&amp":                   "https://a.example/?x&amp",
		"https://a.example/?a=1&copy;=2":             "https://a.example/?a=1&copy;=2",
		"https://a.example/?q=%26amp%3B&amp;lang=en": "https://a.example/?q=%26amp%3B&lang=en",
		"upload:abc": "upload:abc",
		"":           "",
	} {
		got := clean.URL(in)
		if got != want || clean.URL(got) != got {
			t.Errorf("%s: %s", in, got)
		}
	}
}

// hide is a cleaning that takes characters out, as those of lines do.
func hide(s string) (string, error) {
	if strings.Contains(s, "!") || !utf8.ValidString(s) {
		return "", errors.New("holds what no line has")
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u202e", "")), " "), nil
}

func TestLine(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		decoded  bool
	}{
		{" Tom  &amp;  Jerry ", "Tom & Jerry", true},
		{" Tom  &  Jerry ", "Tom & Jerry", false},
		{"&\u202eamp;", "&", true},
		{"&amp;&#x202e;lt;", "&amp;&#x202e;lt;", false},
		{"wow&excl;", "wow&excl;", false}, // what tidy would refuse is not brought in
	} {
		got, decoded, err := clean.Line(tt.in, hide)
		if got != tt.want || decoded != tt.decoded || err != nil {
			t.Errorf("%s: %q %v %v", tt.in, got, decoded, err)
		}
	}
	if _, _, err := clean.Line("a!", hide); err == nil {
		t.Error("no error")
	}
}

// FuzzText holds the laws: what comes out gives itself again, is valid where it was, holds no control
// character that was not there, and is no longer.
func FuzzText(f *testing.F) {
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
		got := clean.Text(s)
		if again := clean.Text(got); again != got {
			t.Errorf("%q gives %q gives %q", s, got, again)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) || controls(got) > controls(s) {
			t.Errorf("%q gives %q", s, got)
		}
		if got != s && !strings.ContainsAny(s, "&<") {
			t.Errorf("%q gives %q", s, got)
		}
		line, decoded, err := clean.Line(s, hide)
		if err != nil {
			return
		}
		if again, twice, err := clean.Line(line, hide); again != line || twice || err != nil {
			t.Errorf("%q gives the line %q (%v), gives %q (%v)", s, line, decoded, again, err)
		}
		if url := clean.URL(s); clean.URL(url) != url {
			t.Errorf("%q gives the address %q", s, url)
		}
	})
}
