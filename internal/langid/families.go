package langid

import "strings"

// families are the families that need hints. Words of several of its languages are no hints.
var families = []family{
	{
		{tag: "da", hints: hints{
			words: list(`af efter mellem blev bliver uge uger nu mod fik sig hvad også ud op
				ind tilbage meget siger søger gennem uden inden sidste være vil nej penge børn selv dansk danske
				danskerne folketinget regeringen regering syg dem hjem`),
			endings: strings.Fields("tion tionen tioner tionerne hed heden erne erede erer ede"),
			parts:   strings.Fields("ej øj holdet")}},
		{tag: "nb", hints: hints{
			words: list(`av etter mellom ble blir uke uker nå mot fikk seg hva ut opp inn mye
				sier søker gjennom uten innen siste barn igjen norsk norske nordmenn stortinget regjeringen regjering meg
				deg syk sak saker`),
			endings: strings.Fields("sjon sjonen sjoner sjonene het heten ene nn kk tt ll pp erte"),
			parts:   strings.Fields("ei øy")}},
		{tag: "nn", behind: 60, hints: hints{
			words: list(`ikkje eit frå dei vart korleis meir nokon noko kva kven berre heile
				sjølv saman fleire seier vere kjem eg ho held tek ein òg`),
			endings: strings.Fields("ane leg heit ene nn kk tt ll pp"),
			parts:   strings.Fields("ei øy")}},
	},
	{
		{tag: "hi", hints: hints{
			words: list("है हैं में के की का से को पर ने और नहीं गए गया गई थी था हुआ हुई लिए कहा बाद भी तक"),
			parts: []string{"\u093c", "\u095c", "\u095d"}}},
		{tag: "mr", hints: hints{
			words: list("आणि आहे आहेत नाही होते केले केला केली साठी मागे झाली झाला झाले पण येथे"),
			endings: strings.Fields("च्या ांना मुळे तील साठी ण्यात ांनी ाची ाचे ण्याचा ण्याचे ानंतर ेने णार " +
				"वरील ांची ल्याने ेला कडून वरून"),
			parts: []string{"ळ"}}},
		{tag: "ne", behind: 100, hints: hints{
			words:   list("छ छन् भएको गरे गर्\u200dयो गरियो भए पनि लागि र नेपाल"),
			endings: strings.Fields("को का ले लाई बाट मा पछि हरू ौँ एको दै")}},
	},
	{
		{tag: "ms", hints: hints{
			words: list(`kerana boleh wang bahawa polis ialah selepas berdepan baharu
				perkhidmatan lebuh jambatan doktor kes muzium mahkamah syarikat pengundi mengundi kerajaan ringgit
				malaysia sabah sarawak johor selangor putrajaya amaran perlawanan kekalkan temui cukai esok peratus
				pembangkang bandar majlis kilang ais eropah pandemik saintis persaraan mangsa hospital elektrik pejabat
				isnin khamis jumaat ahad mac ogos disember impak suspek kebangsaan antarabangsa sukan pengerusi datuk
				telefon muzik filem gergasi kedai dedah selesema kemalangan perlahan basikal petrol akhbar jururawat
				pesakit ubat tentera pendakwa peguam bajet belanjawan eksport import usahawan negeri pemandu peperiksaan
				penyelidik kajian jurulatih pengadil kelab badminton lumba jerebu kemarau maut rompakan rasuah dadah
				bilion trilion hutang cuba beza berbeza perbezaan mahu rancangan projek rasmi awam khas jawatankuasa
				jawatan nombor krismas aidilfitri pelancongan pelancong oktober tewaskan farmasi kualiti aktiviti
				komuniti universiti persekutuan undi kempen parti gabungan mesyuarat lawatan kerjasama nuklear tebusan
				pasport perkahwinan berkahwin konsert gangsa pingat separuh percuma diskaun jualan sesak pencemaran
				kerosakan pembaikan pelancaran ciri bapa sertai diarah peniaga pantas daripada bomba pdrm umno agong
				sultan siasat siasatan sindiket kastam imigresen lori bas teksi motosikal enjin tayar ribut haba
				angkasawan bilik skuad`),
			endings: strings.Fields("syen esen")}},
		{tag: "id", hints: hints{
			words: list(`karena bisa uang bahwa polisi mobil yaitu setelah dokter kasus
				pengadilan perusahaan maskapai pemilu pemilih presiden gubernur dpr warga rupiah jakarta indonesia usai
				desa pabrik jembatan tol pajak aturan pemerintah persen triliun miliar mantan oposisi eropa pandemi
				ilmuwan usulan korban toko kabupaten kecamatan provinsi kantor siswa mahasiswa bensin listrik pekan senin
				kamis jumat maret agustus desember terkait temukan dampak antrean tapi kpk ri rp tni polri tersangka
				gempa bmkg mengungsi berunjuk lapangan pangan museum ponsel nasabah sepeda koran apotek perawat pasien
				obat tentara jaksa pengacara sidang putusan anggaran ekspor impor karyawan buruh pengusaha konsumen
				bupati lurah stasiun bandara sopir kuliah ujian peneliti penelitian televisi telepon situs sepak pelatih
				wasit timnas pertandingan klub tinju longsor kekeringan luka kecelakaan jenazah perampokan pencurian
				korupsi narkoba utang bbm coba beda berbeda perbedaan butuh mau rencana proyek resmi publik khusus komite
				nomor natal lebaran wisata turis mundur soal saat raih kota meski sampah seniman terpencil cepat pedagang
				siaga penghargaan jelang sejumlah pemkot pemprov pemda polres polda pilpres pilkada apbn umkm bumn wib
				ungkap sebut imbau gratis diskon penjualan laba libur liburan mudik macet polusi kerusakan perbaikan
				peluncuran luncurkan fitur layanan pelayanan kebijakan bapak kelompok suara kampanye partai koalisi rapat
				kunjungan rudal nuklir sandera pengungsi paspor hukum pernikahan menikah konser perunggu medali renang
				semifinal truk bus taksi motor mesin badai kamar astronaut`),
			endings: strings.Fields("itas")}},
	},
	{
		{tag: "hr", hints: hints{
			words: list(`prije vlak vlaka zrak zraka promet kruh što tko netko nitko siječnja
				veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca tijekom sabor
				zagreb zagrebu kava kave kavu plaća plaće ured ureda tečaj razina razine razinu uvjeti točka točno unatoč
				jučer plin plina cesta ceste cesti obrana obrane potres potresa županija županije euro eura sudac suca
				kuna`),
			parts: append(ijekavian(), strings.Fields(`hrvat tisuć tjed tvrtk nogomet europ predsjed općin glazb kazališ
				zrakoplov znanst tvornic autocest prosvj izvješ priopć sveučiliš mirovin kolodvor dionic tužitelj
				odvjetnik cjepiv obitelj povijest sigurnos sustav sudjel uporab zastupni veleposlan proračun financ
				inozem mobitel postaj toplinsk otok otoc potpor natjec umjet posljed slijed vijek knjižnic podnio dijel
				smjer`)...)}},
		{tag: "sr-Latn", behind: 30, hints: hints{
			words: list(`vreme mesto dete posle pre gde cena cene reke reka čovek sneg uspeh
				nedelja nedelje vesti šta vozova hleb ko cele celo cela leto mleko pesma ovde svet sveta beograd beogradu
				dinara penzije penzija januara februara marta aprila juna jula avgusta septembra oktobra novembra
				decembra kafa kafe muzika plata plate firma kurs sudija advokat lekar lekari porodica nauka istorija
				sistem nivo uslovi tačka tačno niko neko uprkos tokom juče gas gasa evro evra budžet`),
			parts: strings.Fields(`predsedni opštin evrop hiljad fudbal vazduh saobrać železn srp
				skupštin bezbedn fabrik izvešta saopšt univerzitet tužila vakcin naučni zemljotres sever odbran učestv
				upotreb poslani ambasad finans inostran ostrv toplotn rešen zahtev takmič`)}},
		{tag: "bs", behind: 60, hints: hints{
			words: list("bih sarajevo sarajevu fbih kafa hljeb sedmica sedmice historija"),
			parts: append(ijekavian(), strings.Fields("hiljad evrop fudbal saobrać općin")...)}},
	},
	{
		{tag: "pt"},
		{tag: "gl", behind: 100, hints: hints{
			words: list(`unha dunha nunha polo pola polos polas coa non xunta galicia galiza
				galega galego galegos concello xa máis despois veciños pechados xustiza goberno estradas`),
			endings: strings.Fields("ción cións óns")}},
	},
	{
		{tag: "nl"},
		{tag: "af", behind: 100, hints: hints{
			words:   list(`'n ’n nie vir hulle ná sê hê oor teen kry sal suid afrika`),
			endings: strings.Fields("eë")}},
	},
	{
		{tag: "de"},
		{tag: "lb", behind: 100, hints: hints{
			words: list("ass vun mat net fir sinn hunn eng ëm och wéi méi gëtt iwwer tëscht engem"),
			parts: []string{"ë", "éi"}}},
	},
	{
		{tag: "bg", hints: hints{
			words:   list("в във с със към който която което които"),
			endings: strings.Fields("ето ата ите"),
			parts:   strings.Split("йъьющя", "")}},
		{tag: "mk", behind: 60, hints: hints{
			words:   list("во со ќе поради откако кои беа ја ги"),
			endings: strings.Fields("ето ата ите аат ија"),
			parts:   []string{"ј"}}},
		{tag: "sr", hints: hints{words: list("у су је због после пре који која које"), parts: strings.Split("ђћј", "")}},
	},
	{
		{tag: "tl"},
		{tag: "ceb", behind: 100, hints: hints{words: list("ug nga og kini niini kaniadtong gikan sugbo adunay")}},
	},
}

// ijekavian returns parts of words that Croatian and Bosnian have where Serbian has e.
func ijekavian() []string {
	return strings.Fields(`ijek ijel ijet ijed ijes ijeg ijep cijen mjes vjet svje djel vjer sjed
				sjev mjer ovje spje pjes vjes cvje smje rješ lješ ječn živje željezn`)
}
