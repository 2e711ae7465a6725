"""Cuts identity numbers, phones and names of needy people out of text, keeping the rest."""

import re
from collections import Counter

from mulin.sheets.identifiers import IDENTITY, MASK, PHONE, cut_numbers, narrow_figures

__all__ = ["IDENTITY", "MASK", "NAME", "PHONE", "cut", "is_name", "shorten"]
NAME = "name"
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭"
    "田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱"
    "侯江尹薛闫段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向汤湯"
    # Rare ones, but for those that begin everyday words.
    "逯仝苟佟阎閻骆駱戚缪繆丛叢邢柯聂聶焦岳翟庞龐耿涂辛蒲樊殷詹倪葛毕畢裴霍佘翁阮凌俞冉鲍鮑柴褚娄婁芦穆"
    "屈饶饒阙茹申舒隋滕危邬鄔伍奚冼晏幺虞郁臧湛章甄仲诸諸庄莊卓昝郜郗郅亓邸靳荆鞠阚闞匡邝鄺雒蔺藺廉栾欒闵閔"
    "乜祁璩戎桑邰屠宛闻聞巫胥冶禹喻禤逄鄢麻蹇佴呙郇笪"
)
_COMPOUND = "欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|司徒|皇甫|尉迟|尉遲|慕容|令狐|夏侯|端木"
# Words that begin with a family name and follow the same cues.
_WORD = (
    "高血|高龄|高齡|高温|高溫|高空|高校|白内|白內|白天|黄昏|黃昏|金婚|金秋|方便|方面|方案|万[元人户]|余[人名户]|"
    "于[\\d一二三四五六七八九十]|许多|許多|任[何务務]|马[路上]|馬[路上]|范围|範圍|江边|付费|程度|严重|嚴重|夏[季天]|"
    "钱|錢|何时|何時|曾经|曾經|周[边末一二三四五六日围期]|胡同|林[荫间]|唐诗|唐詩|宋词|宋詞|顾问|顧問|温暖|"
    "方阵|毛笔|余粮|余热|余额|申[请報报领]|章程|闻名|诸多|諸多|庄园|章节|卓越|焦[虑急]|毕业|畢業|柴米|麻[将辣]|岳阳|凌晨|"
    "陪|龙舟|龍舟|康复|安全|常[年见]|文[化娱体]|史|谢|孔|雷|段|田|毛[巾毯衣]|石|孟|杜绝|向|项|关[爱怀]|严冬|马拉|馬拉|陶[艺瓷]|戴[头口]|夏令|顾虑|顧慮|江景|方[言法向]|金[话色融]|龙[灯头]|汤圆|于是|白[领板]|高[铁考质]|"
    "温[馨情]|时[间装]|易[拉腐]|黄[金河]|卢[瑟]|雷[锋雨]|孔[雀]"
)
_FAMILY = rf"(?!{_WORD})(?P<last>{_COMPOUND}|[{_SURNAMES}])"
_GIVEN = r"(?P<first>[\u4e00-\u9fff]{1,2}?)"
_NEEDY = (
    r"(?:老人|老党员|老黨員|困难党员|困難黨員|困难群众|困難群眾|低保户|低保戶|低保对象|低保對象|残疾人|殘疾人|"
    r"残疾居民|困难居民|困難居民|特困户|特困人员|特困人員|孤儿|孤兒|患者|病人|困境儿童|困境兒童|留守儿童|留守兒童|"
    r"受助人|求助人|困难职工|困難職工|失独家庭|失獨家庭|重病居民|单亲母亲|單親母親|单亲妈妈|贫困户|貧困戶|學生|学生|"
    r"困难家庭|困難家庭|居民|村民|住户|住戶|业主|業主|军属|軍屬|遗孀|遺孀|五保户|五保戶|退役军人|退役軍人|老兵|"
    r"儿童|兒童|孩子|女童|男孩|女孩|同学|同學|母亲|母親|父亲|父親|群众|群眾|户主|戶主|职工|職工)"
)
_STOP = (
    r"(?=[，,。；;、（(）)\s:：“”]|$|[家的需想希因等户戶住身男女要求在有患为為送看腿行瘫癱卧臥独獨生缺"
    r"无無没沒年已今现現与與和及盼愿願常长長急每不眼听聽耳双雙左右视視反提说說称稱表丧喪失靠由系是被把将將后後夫"
    r"一近突摔病老孤理助安装裝洗打做提进進收修配购購买買办辦换換代读讀剪治就辅輔补補领領]|同志|上学|上學|术后|術後|申请|申請|电话|電話|联系|聯繫|\d)"
)
_IN_PROSE = re.compile(rf"(?P<cue>{_NEEDY}[:：\s“]?){_FAMILY}{_GIVEN}{_STOP}")
_NEAR_ID = re.compile(
    rf"(?<![\u4e00-\u9fff]){_FAMILY}(?P<first>[\u4e00-\u9fff]{{1,2}})"
    r"(?=[(（，,、;；:：\s]{0,2}(?:身份证|身份證|男|女|\d{1,3}岁|\d{1,3}歲|电话|電話|手机|手機|\+?(?:86)?[-\s]?1[3-9]\d))"
)
_LABELLED = re.compile(
    r"(?P<cue>(?:姓名|对象|對象|受助人|联系人|聯繫人|聯絡人|联络员|聯絡員|填表人|填報人|填报人|审核人|審核人|審覈人|"
    r"制表人|製表人|经办人|經辦人|经手人|经手人|负责人|負責人|申请人|申請人|求助人|反映人|提出人|户主|戶主|对接人)"
    rf"(?:[(（]签[字名][)）])?[:：]\s*)(?P<last>{_COMPOUND}|[{_SURNAMES}])"
    r"(?P<first>[\u4e00-\u9fff]{1,2})(?![\u4e00-\u9fff])"
)
_FOLLOWED = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[为為给給帮幫替助由向和与與对對陪访訪望问問顾顧看系繫络絡叫的了元室栋棟号號])){_FAMILY}"
    r"(?P<first>[\u4e00-\u9fff]{1,2})(?=(?:老人|奶奶|爷爷|爺爺|大爷|大爺|大妈|大媽|婆婆|阿姨|大娘|老师傅"
    r"|夫妇|夫婦|一家|女士|先生|同学|同學|小朋友)(?!院|家园|家園|食堂|活动|之家))"
)
_BESIDE = re.compile(
    r"(?P<cue>(?:联系人|聯繫人|聯絡人|联络员|聯絡員|申请人|申請人|求助人|反映人|户主|戶主)(?:是|为|為)?\s?)"
    rf"{_FAMILY}(?P<first>[\u4e00-\u9fff]{{1,2}})(?=\s*(?:[\d+，,。；;、（()）]|电话|電話|手机|手機|$))"
)
_BRACKETED = re.compile(
    r"(?P<cue>(?:大爷|大爺|大妈|大媽|老人|阿姨|奶奶|爷爷|爺爺|户|戶|师傅|師傅|党员|黨員|对象|對象|儿童|兒童|群众|群眾)[(（])"
    rf"{_FAMILY}(?P<first>[\u4e00-\u9fff]{{1,2}})(?=[)）])"
)
_WHOLE = re.compile(
    rf"(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}]\s{{0,4}}[\u4e00-\u9fff]{{1,2}}"
)
_NO_NAME = re.compile(rf"{_WORD}|.*[某元座椅灯燈亭伞傘板凳桶路楼樓区區车車书書杯锅鍋壶壺]$")
_FIGURES = re.compile(r"\d|[一幺][三四五六七八九][〇零一二三四五六七八九幺\s-]{9}")
_MAYBE = re.compile(
    r"\d[\d\s\-—·.*＊()（）xX]{6,}|[一幺][三四五六七八九][〇零一二三四五六七八九幺]|"
    "[姓名象人户戶儿兒員员者生家属母:：奶爷爺婆姨妈群众眾民(（，, ]"
)
# "王某、张建国": those named along with one who was cut.
_LISTED = re.compile(
    rf"(?P<cue>某[、，,和及与]\s?){_FAMILY}(?P<first>(?!某)[\u4e00-\u9fff]{{1,2}})"
    r"(?=[、，,。；;（(和及与\s]|$|等|两|二|三|四|五|家|户|老人|同志)"
)
_COUNTED = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[了为给向访望助]))(?:{_FAMILY}[\u4e00-\u9fff]{{1,2}})"
    r"(?=(?:[、，,和及与][\u4e00-\u9fff]{2,4})+(?:等)?[两二三四五六七八九十\d]{1,2}(?:位|名|户|家|个))"
)
_CALLED = re.compile(
    rf"(?P<cue>(?:姓名|名字|名叫|叫做|本名)(?:是|为)?[:：\s]?){_FAMILY}(?P<first>[\u4e00-\u9fff]{{1,2}})"
    r"(?![\u4e00-\u9fff])"
)
_DOTTED = re.compile(
    rf"(?P<cue>{_NEEDY}[:：\s]?)(?P<last>[\u4e00-\u9fff])[\u4e00-\u9fff]{{1,5}}(?:[·•・][\u4e00-\u9fff]{{2,8}})+"
)
_TOLD_OF = re.compile(
    rf"(?<![\u4e00-\u9fff]){_FAMILY}(?P<first>[\u4e00-\u9fff]{{1,2}})"
    r"(?=[（(][^（()）]{0,8}(?:独居|獨居|孤寡|空巢|低保|残疾|殘疾|失能|失独|重病|特困|\d{1,3}[岁歲]|[男女][，,）)]))"
)


_PATTERNS = (
    *(_NEAR_ID, _LABELLED, _CALLED, _DOTTED, _IN_PROSE, _FOLLOWED, _BRACKETED, _BESIDE, _COUNTED),
    _TOLD_OF,
)


def cut(text: str) -> tuple[str, Counter[str]]:
    """Return `text` without personal details, and how many of each kind were cut.

    Numbers become a mark; a name keeps its family name ("王某"). Amounts, dates, room numbers and
    names of units stay.
    """
    counts: Counter[str] = Counter()
    if len(text) < 3 or not _MAYBE.search(text):
        return text, counts
    text = narrow_figures(text)
    for pattern in _PATTERNS:
        text, n = pattern.subn(_half_name, text)
        counts[NAME] += n
    for _ in range(text.count("、") + 1 if "某" in text else 0):
        text, n = _LISTED.subn(_half_name, text)
        counts[NAME] += n
        if not n:
            break
    if _FIGURES.search(text):
        text, found = cut_numbers(text)
        counts += found
    return text, +counts


def _half_name(match: re.Match[str]) -> str:
    return f"{match.groupdict().get('cue') or ''}{match['last']}某"


def is_name(text: str) -> bool:
    """Say whether a whole cell looks like a person's name."""
    return 2 <= len(text) <= 6 and bool(_WHOLE.fullmatch(text)) and not _NO_NAME.match(text)


def shorten(name: str) -> str:
    """Return a name's family name and a mark for the rest."""
    family = re.match(_COMPOUND, name)
    return f"{family[0] if family else name[0]}某"
