"""What the answers about dependencies say in words, in Vietnamese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "stated": ("đã nêu", "stated"),
    "reference": ("theo tham chiếu", "by the reference"),
    "expects": ("cần, theo tham chiếu", "is expected to need"),
    "nothing-stated": (
        "không phát biểu nào nói {names} có phụ thuộc; chưa nêu không có nghĩa là không có",
        "no statement speaks of a dependency of {names}; not stated does not mean that there is none",
    ),
    "nobody-affected": (
        "theo các cạnh đã chọn, không gì phụ thuộc vào {names}",
        "by the edges chosen, nothing depends on {names}",
    ),
    "rests-on-nothing": (
        "theo các cạnh đã chọn, {names} không phụ thuộc vào gì",
        "by the edges chosen, {names} depends on nothing",
    ),
    "more-by-reference": (
        "thêm {n} hệ thống chỉ theo khung tham chiếu, không bài nào nêu: --basis both",
        "in addition by the reference only, stated by no article: {n}: --basis both",
    ),
    "more-planned": (
        "thêm {n} hệ thống chỉ theo kế hoạch, xây dựng, thí điểm hoặc hạn chế: --plans",
        "in addition by what is planned, being built, on trial or limited: {n}: --plans",
    ),
    "more-implied": (
        "thêm {n} hệ thống chỉ theo điều suy ra, không bài nào nêu thẳng: --implied",
        "in addition by what is implied, not said outright: {n}: --implied",
    ),
    "more-parts": (
        "thêm {n} hệ thống là phần của hệ thống chịu ảnh hưởng: --parts",
        "parts of what is affected, in addition: {n}: --parts",
    ),
    "hidden": (
        "bộ lọc giữ {shown} trong {all} kết quả; đường đi vẫn qua những gì bị lọc",
        "the filter keeps {shown} of {all}; paths still lead through what it leaves out",
    ),
    "empty-scope": (
        "không bài nào nêu phụ thuộc trong phạm vi này theo các cạnh đã chọn: {scope}",
        "no dependency in this scope by the edges chosen: {scope}",
    ),
    "not-yet-said": (
        "{n} phát biểu được nêu sau ngày {day} nên chưa được tính",
        "{n} statements were made after {day} and do not count",
    ),
    "loop": ("vòng phụ thuộc: {path}", "loop of dependencies: {path}"),
    "no-loops": ("không có vòng phụ thuộc nào", "no loop of dependencies"),
    "no-evidence-read": (
        "không đọc câu dẫn chứng: {n} cặp, quá giới hạn {bound}; hãy lọc bớt",
        "sentences not read: {n} pairs, more than the bound of {bound}; narrow the question",
    ),
    "no-path": (
        "không có đường phụ thuộc nào được nêu giữa {one} và {other}",
        "no path stated between {one} and {other}",
    ),
    "other-way": (
        "{one} không phụ thuộc vào {other}; chiều ngược lại thì có",
        "{one} does not depend on {other}; it is the other way round",
    ),
    "same": ("{one} là chính nó, không có đường đi", "{one} is the same component: there is no path"),
    "bound-count": (
        "dừng ở giới hạn {n} đường; có thể còn nữa: --most",
        "stopped at the bound of paths ({n}); there may be more: --most",
    ),
    "bound-length": (
        "không tìm đường dài hơn {n} bước; có thể còn nữa: --longest",
        "longer paths were not looked for (bound of steps: {n}); there may be more: --longest",
    ),
    "bound-work": (
        "dừng sau {n} bước tìm kiếm; có thể còn nữa",
        "stopped after {n} search steps; there may be more",
    ),
    "bounds": (
        "giới hạn tìm kiếm: số đường {most}, số bước {longest}",
        "bounds of the search: paths {most}, steps {longest}",
    ),
    "parted": (
        "mất {name} thì mạng rời ra: {others}",
        "without {name} the network falls apart: {others}",
    ),
    "from-rest": (" tách khỏi phần còn lại", " part from the rest"),
    "from-each-other": (" tách khỏi nhau", " part from each other"),
    "sole-support": (
        "mọi chuỗi nâng đỡ đều đi qua {name}, của {n} hệ thống: {others}",
        "all support passes {name}, for so many systems: {n}: {others}",
    ),
    "spared": (
        "có lựa chọn khác: {name} còn {others}",
        "there is an alternative: {name} still has {others}",
    ),
    "no-cuts": ("không có điểm hỏng đơn trong phạm vi này", "no single point of failure in this scope"),
    "no-spare": (
        "không nêu lựa chọn dự phòng nào",
        "no alternative is stated",
    ),
    "why-critical": (
        "số hệ thống dựa thẳng vào nó: {into}; chịu ảnh hưởng khi nó dừng: {reach}; nó dựa vào: {out}",
        "directly on it: {into}; affected when it stops: {reach}; it rests on: {out}",
    ),
    "between": (
        "; nằm giữa {share} số cặp hệ thống nối nhau",
        "; it lies between {share} of connected pairs",
    ),
    "bound-reach": (
        "tầm ảnh hưởng chỉ được đếm cho {n} hệ thống có nhiều liên kết nhất; betweenness từ {sources} nguồn",
        "reach was counted only for the {n} with most links; betweenness from {sources} sources",
    ),
    "bound-matrix": (
        "ma trận dừng ở {n} trong {all} hệ thống; hãy chọn --province, --layer hoặc --kind",
        "the matrix stops at {n} of {all} systems; choose --province, --layer or --kind",
    ),
    "everything": ("toàn mạng", "the whole network"),
    "bound-loops": (
        "chỉ liệt kê {n} vòng ngắn nhất; còn nhiều hơn",
        "only the {n} shortest loops are listed; there are more",
    ),
    "has": ("{place} có, bên kia không", "{place} has it, the other lacks it"),
    "both": ("cả hai", "both"),
    "duplicate": ("cùng loại trong một địa bàn", "of one kind in one territory"),
    "unverified": (
        "có tính cả quan hệ tham chiếu chưa tìm được nguồn",
        "expectations for which no source was found count too",
    ),
    "through": ("qua {n} hệ thống khác", "through {n} others"),
    "no-loops-shown": (
        "không có vòng phụ thuộc nào trong phần hiển thị; phần bị cắt chưa xét",
        "no loop of dependencies among those shown; what was cut off was not looked at",
    ),
    "plans-count": (
        "tính cả {n} cạnh chỉ theo kế hoạch, đang xây dựng, thí điểm hoặc hạn chế",
        "edges that are only planned, being built, on trial or limited, and count here: {n}",
    ),
    "implied-count": (
        "tính cả {n} cạnh chỉ suy ra, không bài nào nêu thẳng",
        "edges that are only implied, not said outright, and count here: {n}",
    ),
    "denied-too": (
        "có {n} phát biểu phủ định một phụ thuộc của nó",
        "statements that deny a dependency of it: {n}",
    ),
    "longer-than-asked": (
        "đường ngắn nhất có {n} bước, dài hơn giới hạn đã đặt, vẫn được nêu",
        "the shortest path has {n} steps, more than the bound, and is given all the same",
    ),
    "path-planned": (
        "có đường nếu tính kế hoạch, xây dựng, thí điểm hoặc hạn chế: --plans",
        "there is one by what is planned, being built, on trial or limited: --plans",
    ),
    "path-implied": (
        "có đường nếu tính điều suy ra: --implied",
        "there is one by what is implied: --implied",
    ),
    "path-by-reference": (
        "có đường nếu tính khung tham chiếu: --basis both",
        "there is one by the reference: --basis both",
    ),
    "path-parts": (
        "có đường nếu phần theo toàn thể: --parts",
        "there is one when parts share what their whole depends on: --parts",
    ),
    "no-path-chosen": (
        "theo các cạnh đã chọn, không có đường phụ thuộc giữa {one} và {other}",
        "by the edges chosen, there is no path between {one} and {other}",
    ),
    "understood": ("hiểu “{words}” là {name}", "“{words}” is taken for {name}"),
    "only-there": ("{place} có, {other} không nêu", "{place} has it, not told of {other}"),
    "mark-implied": ("suy ra", "implied"),
    "mark-medium": ("chắc chắn vừa", "medium certainty"),
    "planned-only": ("chỉ theo kế hoạch", "under plans only"),
    "implied-only": ("chỉ suy ra", "implied only"),
    "implied": ("suy ra: {relations}", "implied: {relations}"),
    "itself-ahead": ("chính nó: {status}", "itself {status}"),
    "stated-too": ("theo phát biểu đang hiệu lực: {n} bước", "by statements in force: {n} hops"),
    "denied": ("cũng có câu phủ định", "a statement denies it"),
}


def say(lang: str, key: str, **values: object) -> str:
    """Fill in a sentence.

    >>> say("en", "same", one="LGSP")
    'LGSP is the same component: there is no path'
    """
    return WORDS[key][0 if lang == "vi" else 1].format(**values)
