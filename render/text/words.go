package text

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// vocabulary holds the short words of a language that make good or bad line breaks.
type vocabulary struct {
	bound        map[string]bool // belong to the next word so closely that typographers forbid a line to end with one
	leaning      map[string]bool // belong to the next word: a line should not end with one
	trailing     map[string]bool // belong to the previous word: a line should not begin with one
	conjunctions map[string]bool // begin a clause: a line may well begin with one
}

// vocabularies are the vocabularies by primary language subtag.
var vocabularies = map[string]vocabulary{
	"en": {
		leaning: set("a", "an", "the", "of", "to", "in", "on", "at", "for", "by", "with", "from", "as", "and", "or",
			"but", "nor",
			"is", "are", "was", "were", "be", "not", "no", "its", "his", "her", "their", "our", "my", "your",
			"than", "into", "one",
			"over", "under", "after", "before", "between", "amid", "per", "vs", "via"),
		conjunctions: set("and", "but", "or", "as", "while", "after", "before", "amid", "because", "though",
			"although", "despite",
			"when", "where", "which", "who"),
	},
	"de": {
		leaning: set("der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "und",
			"oder", "zu",
			"im", "in", "am",
			"an", "von", "vom", "mit", "für", "auf", "bei", "nach", "aus", "um", "nicht", "kein", "keine", "zum",
			"zur"),
		conjunctions: set("und", "aber", "doch", "weil", "während", "oder", "als", "dass", "wenn", "nachdem",
			"bevor"),
	},
	"fr": {
		leaning: set("le", "la", "les", "un", "une", "des", "de", "du", "et", "ou", "à", "en", "au", "aux",
			"pour", "par",
			"sur", "dans",
			"avec", "sans", "ne", "ce", "cette", "ces", "ses", "son", "sa", "se", "on", "il", "je", "y", "leur",
			"leurs", "que", "qui"),
		conjunctions: set("et", "mais", "quand", "car", "ou", "après", "avant", "alors", "qui"),
	},
	"es": {
		leaning: set("el", "la", "los", "las", "un", "una", "y", "o", "de", "del", "a", "al", "con", "por",
			"para", "en",
			"se", "su", "sus",
			"sin", "no", "que", "lo", "le", "les", "me", "te", "nos", "tu", "mi", "si", "tan", "muy", "más",
			"ha", "han", "es"),
		conjunctions: set("y", "pero", "mientras", "o", "que", "cuando", "tras", "porque"),
	},
	"pt": {
		leaning: set("o", "a", "os", "as", "um", "uma", "e", "ou", "de", "do", "da", "dos", "das", "em", "no",
			"na", "com",
			"por", "para",
			"ao", "à", "aos", "às", "nos", "nas", "se", "sem", "não", "que", "mais", "até", "pela", "pelo",
			"foi", "é"),
		conjunctions: set("e", "mas", "enquanto", "ou", "que", "quando", "após", "porque"),
	},
	"it": {
		leaning: set("il", "lo", "la", "i", "gli", "le", "un", "una", "e", "o", "di", "del", "della", "dei", "a",
			"al", "in",
			"nel", "con",
			"per", "su", "da", "dal", "dalla", "ai", "alla", "alle", "sul", "sulla", "sui", "tra", "fra", "si",
			"non", "che", "è", "ha"),
		conjunctions: set("e", "ma", "mentre", "o", "che", "quando", "dopo", "perché"),
	},
	"nl": {
		leaning: set("de", "het", "een", "en", "of", "van", "in", "op", "aan", "met", "voor", "bij", "naar",
			"uit", "te",
			"niet", "geen", "om", "tot", "zich", "die", "dat"),
		conjunctions: set("en", "maar", "want", "terwijl", "of", "als", "omdat", "nadat", "dat"),
	},
	"ru": {
		bound: set("и", "а", "в", "с", "к", "о", "у", "я"),
		leaning: set("во", "на", "со", "ко", "об", "но", "мы", "ты", "он", "вы", "их", "её", "его", "ни", "без",
			"между", "от", "до", "из", "у", "за", "по", "не", "при",
			"для", "под", "над"),
		conjunctions: set("и", "а", "но", "когда", "что", "если", "после", "пока"),
		trailing:     set("ли", "же", "бы"),
	},
	"uk": {
		bound: set("і", "й", "а", "в", "у", "з", "о", "я"),
		leaning: set("та", "на", "зі", "ми", "ви", "він", "їх", "ні", "без", "між", "що", "із", "до", "від",
			"за", "по", "не", "про", "для", "під",
			"над", "при"),
		conjunctions: set("і", "та", "а", "але", "коли", "що", "якщо", "після"),
	},
	"vi": {
		leaning: set("và", "của", "ở", "cho", "với", "từ", "các", "những", "một", "không", "sẽ", "đã", "đang", "bị",
			"được", "tại", "về"),
		conjunctions: set("và", "nhưng", "khi", "sau", "trước", "vì", "nếu", "để"),
	},
	"ar": {
		leaning: set("في", "من", "على", "إلى", "عن", "مع", "أن", "إن", "لا", "ما", "لم", "لن", "هذا", "هذه", "بين",
			"بعد", "قبل", "كل"),
		conjunctions: set("بعد", "قبل", "لكن", "بينما", "عندما", "حتى"),
	},
	"he": {
		leaning:      set("של", "את", "על", "אל", "עם", "לא", "כל", "בין", "אחרי", "לפני"),
		conjunctions: set("כי", "אבל", "אחרי", "לפני", "כאשר", "אך"),
	},
	"hi": {
		conjunctions: set("और", "लेकिन", "क्योंकि", "जब"),
		trailing: set("का", "के", "की", "को", "में", "से", "ने", "तक", "है", "हैं", "पर", "भी", "ही", "लिए",
			"बाद", "साथ", "था", "थे",
			"थी", "गए", "गया", "गई", "वाला", "वाले", "वाली"),
	},
	"mr": {trailing: set("आहे", "आहेत", "आणि", "साठी", "मध्ये", "पर्यंत")},
	"ne": {trailing: set("को", "मा", "ले", "लाई", "छ", "छन्")},
	"ur": {
		conjunctions: set("اور", "لیکن", "کیونکہ", "جب"),
		trailing: set("کا", "کے", "کی", "کو", "میں", "سے", "نے", "تک", "ہے", "ہیں", "پر", "گیا", "گئی",
			"گئے", "لیے"),
	},
	"fa": {
		leaning:      set("از", "به", "با", "در", "بر", "تا", "و", "که", "یا", "این", "آن", "هر", "برای", "بی"),
		trailing:     set("را", "شد", "شدند", "کرد", "کردند", "است", "بود", "شود", "کند", "می\u200cشود", "می\u200cکند"),
		conjunctions: set("اما", "ولی", "زیرا", "وقتی"),
	},
	"pl": {
		bound: set("a", "i", "o", "u", "w", "z"),
		leaning: set("na", "do", "od", "po", "we", "ze", "za", "że", "ku", "się", "nie", "dla", "bez",
			"nad", "pod", "przy", "dla", "lub", "ale"),
		conjunctions: set("ale", "gdy", "bo", "że", "lecz", "dopóki", "kiedy", "mówią"),
	},
	"cs": {
		bound: set("a", "i", "k", "o", "s", "u", "v", "z"),
		leaning: set("na", "do", "od", "po", "ve", "ke", "ku", "se", "si", "ze", "za", "že", "ne", "bez",
			"nad", "pod", "pro", "při"),
		conjunctions: set("ale", "když", "že", "protože", "nebo"),
	},
	"sk": {
		bound: set("a", "i", "k", "o", "s", "u", "v", "z"),
		leaning: set("na", "do", "od", "po", "vo", "ku", "so", "sa", "si", "zo", "za", "že", "bez", "nad",
			"pod", "pre", "pri"),
		conjunctions: set("ale", "keď", "že", "pretože", "alebo"),
	},
	"sl": {
		bound: set("a", "o", "s", "v", "z", "k", "h"),
		leaning: set("in", "na", "do", "od", "po", "za", "se", "ne", "ob", "pri", "pod", "nad", "bo", "je",
			"so"),
		conjunctions: set("ampak", "ko", "ker", "ali"),
	},
	"hr": south, "bs": south, "sr-latn": south,
	"sr": {
		bound: set("а", "и", "к", "о", "с", "у"),
		leaning: set("на", "до", "од", "по", "за", "се", "са", "не", "из", "без", "над", "под", "при", "да",
			"је", "су"),
		conjunctions: set("али", "када", "јер", "или"),
	},
	"bg": {
		bound: set("а", "и", "в", "с", "о", "у"),
		leaning: set("на", "до", "от", "по", "за", "се", "си", "не", "из", "без", "над", "под", "при", "да",
			"ще", "във", "със", "към"),
		conjunctions: set("но", "когато", "защото", "или"),
	},
	"mk": {bound: set("а", "и", "в", "с", "о", "у"), leaning: set("на", "до", "од", "по", "за", "се", "не", "во",
		"со", "да", "ќе")},
	"be": {bound: set("і", "а", "у", "ў", "з", "й"), leaning: set("на", "да", "па", "за", "не", "ад", "аб",
		"без", "пад", "над")},
	"el": {
		leaning: set("ο", "η", "το", "οι", "τα", "του", "της", "των", "τον", "την", "τη", "τις", "τους", "στο",
			"στη", "στην", "στον",
			"στα", "στις", "στους", "και", "με", "σε", "για", "από", "να", "θα", "δεν", "μην", "ως", "αν", "που",
			"πως", "ένα", "μια"),
		conjunctions: set("και", "αλλά", "όταν", "ενώ", "γιατί"),
	},
	"ca": {
		leaning: set("el", "la", "els", "les", "un", "una", "uns", "unes", "i", "o", "de", "del", "dels", "a",
			"al", "als", "amb", "per",
			"en", "es", "se", "que", "no", "ni", "si", "seu", "seva", "sense"),
		conjunctions: set("i", "però", "mentre", "o", "que", "quan", "perquè"),
	},
	"gl": {leaning: set("o", "a", "os", "as", "un", "unha", "e", "ou", "de", "do", "da", "dos", "das", "en",
		"no", "na", "con", "por", "para",
		"ao", "se", "sen", "non", "que")},
	"ro": {
		leaning: set("a", "o", "un", "al", "ai", "ale", "cu", "de", "la", "pe", "în", "din", "și", "sau", "să",
			"se", "nu", "va", "vor",
			"iar", "că", "ca", "prin", "spre", "pentru", "care", "cel", "cea", "trei"),
		conjunctions: set("și", "dar", "iar", "când", "după", "că"),
	},
	"sv": {
		leaning: set("en", "ett", "den", "det", "de", "och", "i", "på", "av", "för", "med", "om", "till", "från",
			"att", "är", "som", "vid",
			"ur", "än", "inte"),
		conjunctions: set("och", "men", "när", "eftersom", "efter", "som"),
	},
	"da": {
		leaning: set("en", "et", "den", "det", "de", "og", "i", "på", "af", "for", "med", "om", "til", "fra",
			"at", "er", "som", "ved",
			"ud", "end", "ikke"),
		conjunctions: set("og", "men", "når", "fordi", "efter", "som"),
	},
	"nb": norwegian, "nn": norwegian, "no": norwegian,
	"is": {
		leaning: set("og", "í", "á", "um", "til", "frá", "með", "við", "að", "er", "sem", "en", "af", "úr",
			"ekki", "hjá"),
		conjunctions: set("og", "en", "þegar", "því"),
	},
	"fi": {leaning: set("ja", "ei", "on", "yli", "jo"), conjunctions: set("ja", "mutta", "kun", "koska", "joka")},
	"et": {leaning: set("ja", "ei", "on", "üle"), conjunctions: set("ja", "aga", "kui", "sest")},
	"lv": {leaning: set("un", "ar", "no", "uz", "ir", "par", "pie"), conjunctions: set("un", "bet", "kad")},
	"lt": {bound: set("o", "į"), leaning: set("ir", "su", "iš", "už", "dėl", "po", "ne", "per"),
		conjunctions: set("ir", "bet", "kai")},
	"hu": {leaning: set("a", "az", "egy", "és", "ha", "de", "nem", "hogy", "is"), conjunctions: set("és", "de",
		"ha", "hogy", "mert")},
	"tr": {
		leaning:      set("bir", "ve", "bu", "en", "o", "ile"),
		trailing:     set("da", "de", "mi", "mı", "mu", "mü", "için"),
		conjunctions: set("ve", "ama", "çünkü", "ancak"),
	},
	"az": {leaning: set("bir", "və", "bu", "ən", "o"), trailing: set("da", "də", "üçün"), conjunctions: set("və",
		"amma", "çünki")},
	"id": {leaning: set("di", "ke", "dan", "yang", "dari", "per", "tak", "akan", "untuk", "pada", "bagi"),
		conjunctions: set("dan", "tetapi", "saat")},
	"ms": {leaning: set("di", "ke", "dan", "yang", "dari", "per", "tak", "akan", "untuk", "pada", "bagi"),
		conjunctions: set("dan", "tetapi", "apabila")},
	"sw": {leaning: set("na", "ya", "wa", "za", "la", "cha", "kwa", "ni", "si", "katika", "zaidi"),
		conjunctions: set("na", "lakini", "baada")},
	"eu": {leaning: set("eta", "ez"), conjunctions: set("eta", "baina")},
	"ko": {conjunctions: set("및", "그리고", "하지만", "그러나", "그래도", "또는")}, // determiners are handled as glue
}

// germanic are languages in which a line may well end with a short preposition, if it is not better elsewhere.
var germanic = set("de", "nl", "sv", "da", "nb", "nn", "no", "is")

var (
	south = vocabulary{
		bound: set("a", "i", "k", "o", "s", "u"),
		leaning: set("na", "do", "od", "po", "za", "se", "sa", "ne", "iz", "bez", "nad", "pod", "pri", "da",
			"je", "su"),
		conjunctions: set("ali", "kada", "jer", "ili"),
	}
	norwegian = vocabulary{
		leaning: set("en", "et", "ei", "den", "det", "de", "og", "i", "på", "av", "for", "med", "om", "til",
			"fra", "at", "å", "er", "som",
			"ved", "ut", "enn", "ikke", "ikkje", "frå"),
		conjunctions: set("og", "men", "når", "fordi", "etter", "som"),
	}
)

// determiners are Korean words of one or two syllables that belong to the next word.
var determiners = set(
	"한", "두", "세", "네", "다섯", "여섯", "단", "첫", "이", "그", "저", "각", "매", "전", "총", "약", "제", "새", "옛",
	"모든", "어떤", "무슨", "이런", "그런", "저런", "몇", "여러", "및", "또", "더", "안", "못", "왜", "큰", "신", "구",
)

// titles end in a full stop that does not end a sentence.
var titles = set("mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "gen.", "sen.", "rep.", "gov.", "lt.", "col.", "sgt.",
	"rev.", "hon.", "mt.", "ft.", "vs.", "no.", "nr.", "mme.")
