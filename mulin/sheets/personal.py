"""Cuts identity numbers, phones and names of needy people out of text, keeping the rest."""

import re
import unicodedata
from collections import Counter

IDENTITY, PHONE, NAME = "identity_number", "phone", "name"
_GAP = r"[\s\-—·]{0,2}"
_IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])[1-8]\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}(?:1[89]|20){_GAP}\d{_GAP}\d{_GAP}"
    rf"[01]{_GAP}\d{_GAP}[0-3]{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}[\dXx](?![\dA-Za-z])"
)
_IDENTITY_OLD = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z万元])"
)
_MOBILE = re.compile(
    rf"(?<![\dA-Za-z.])(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d|\s*(?:[万亿]?元|册|人|.?方米|\.\d))"
)
_LANDLINE = re.compile(
    r"(?<!\d)[(（]?0\d{2,3}[)）]?[\s\-—]{1,2}\d{7,8}(?!\d)|(?<!\d)0(?:10|2\d)\d{8}(?!\d)"
)
_LOCAL = re.compile(
    r"((?:电话|電話|座机|致电|联系方式|聯繫方式|Tel|tel|TEL)[:：\s]*)\d{4}[\-\s]?\d{3,4}(?!\d)"
)
_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭"
    "田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱"
    "侯江尹薛闫段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向汤湯"
)
_NEEDY = (
    r"(?:老人|老党员|老黨員|困难党员|困難黨員|困难群众|困難群眾|低保户|低保戶|残疾人|殘疾人|残疾居民|困难居民|困難居民|"
    r"特困户|特困人员|孤儿|孤兒|患者|独居老人|獨居老人|空巢老人|困境儿童|困境兒童|留守儿童|受助人|求助人|"
    r"困难职工|困難職工|失独家庭|重病居民|孤寡老人|单亲母亲|贫困户|學生|学生|困难家庭)"
)
_STOP = (
    r"(?:[，,。；;、（(）)\s:：]|$|家|的|需|需要|想|希望|因|等|同志|户|住|申请|申請|身份|男|女|电话"
    r"|要|求|在|有|患|为|送|看)"
)
_IN_PROSE = re.compile(
    rf"(?P<cue>{_NEEDY}[:：\s]?)(?P<last>[{_SURNAMES}])(?P<first>[\u4e00-\u9fff]{{1,2}}?)(?={_STOP})"
)
_NEAR_ID = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<last>[{_SURNAMES}])(?P<first>[\u4e00-\u9fff]{{1,2}})(?=[(（，,\s]{{1,2}}(?:身份证|身份證|男|女|电话|電話|手机|1[3-9]\d{{9}}))"
)
_LABELLED = re.compile(
    r"(?P<cue>(?:姓名|对象|對象|受助人|老人姓名|联系人|聯繫人|聯絡人|填表人|填報人|填报人|审核人|審核人|制表人|经办人|经手人|负责人)[:：]\s*)"
    rf"(?P<last>[{_SURNAMES}])(?P<first>[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
)
_FOLLOWED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<last>[{_SURNAMES}])(?P<first>[\u4e00-\u9fff]{{1,2}})(?=(?:老人|奶奶|爷爷|爺爺|大爷|大妈|婆婆|阿姨)(?!院|家园))"
)
_MAYBE = re.compile(
    r"\d[\d\s\-—·()（）xX]{6,}|[姓名象人户戶儿兒員员者生家属母:：奶爷爺婆姨妈群众眾民(（，, ]"
)
MASK = "\u3014已隐去\u3015"


def cut(text: str) -> tuple[str, Counter[str]]:
    """Return `text` without personal details, and how many of each kind were cut.

    Numbers become a mark; a name keeps its family name ("王某"). Amounts, dates, room numbers and
    names of units stay.
    """
    counts: Counter[str] = Counter()
    if len(text) < 3 or not _MAYBE.search(text):
        return text, counts
    text = unicodedata.normalize("NFKC", text) if re.search("[\uff10-\uff19]{7}", text) else text
    for pattern in (_NEAR_ID, _LABELLED, _IN_PROSE, _FOLLOWED):
        text, n = pattern.subn(_half_name, text)
        counts[NAME] += n
    if re.search(r"\d", text):
        for what, pattern in ((IDENTITY, _IDENTITY), (IDENTITY, _IDENTITY_OLD), (PHONE, _MOBILE)):
            text, n = pattern.subn(MASK, text)
            counts[what] += n
        text, n = _LANDLINE.subn(MASK, text)
        text, m = _LOCAL.subn(lambda found: found[1] + MASK, text)
        counts[PHONE] += n + m
    return text, +counts


def _half_name(match: re.Match[str]) -> str:
    return f"{match.groupdict().get('cue') or ''}{match['last']}某"
