"""One small model in every form that tools write: two systems, a database server, a body, a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EXCHANGE_3 = """<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m">
  <name xml:lang="en">Small</name>
  <elements>
    <element identifier="id-1" xsi:type="ApplicationComponent">
      <name xml:lang="vi">Một cửa</name><name xml:lang="en">One-stop</name>
      <documentation xml:lang="vi">Tiếp nhận &amp; trả hồ sơ.</documentation>
      <properties><property propertyDefinitionRef="p1"><value xml:lang="vi">A</value></property></properties>
    </element>
    <element identifier="id-2" xsi:type="ApplicationComponent">
      <name xml:lang="vi">Trục dữ liệu</name></element>
    <element identifier="id-3" xsi:type="Node"><name xml:lang="vi">Máy chủ</name></element>
    <element identifier="id-4" xsi:type="BusinessActor"><name xml:lang="vi">Ban quản trị</name></element>
    <element identifier="id-5" xsi:type="BusinessProcess"><name xml:lang="vi">Giải quyết</name></element>
  </elements>
  <relationships>
    <relationship identifier="id-r1" xsi:type="Serving" source="id-2" target="id-1" />
    <relationship identifier="id-r2" xsi:type="Assignment" source="id-3" target="id-2" />
    <relationship identifier="id-r3" xsi:type="Serving" source="id-1" target="id-4" />
    <relationship identifier="id-r4" xsi:type="Serving" source="id-1" target="id-5" />
  </relationships>
  <organizations>
    <item><label xml:lang="en">Application</label>
      <item identifier="id-f"><label xml:lang="en">Inner</label><item identifierRef="id-1" /></item>
    </item>
  </organizations>
  <propertyDefinitions>
    <propertyDefinition identifier="p1" type="string"><name>Class</name></propertyDefinition>
  </propertyDefinitions>
  <views><diagrams><view identifier="id-v" xsi:type="Diagram"><name xml:lang="en">View</name>
    <node identifier="id-n1" xsi:type="Element" elementRef="id-1" x="10" y="10" w="120" h="55">
      <style><fillColor r="255" g="0" b="16" /></style></node>
    <node identifier="id-n2" xsi:type="Element" elementRef="id-2" x="200" y="10" w="120" h="55" />
    <connection identifier="id-c" xsi:type="Relationship" relationshipRef="id-r1"
      source="id-n2" target="id-n1" />
  </view></diagrams></views>
</model>
"""

EXCHANGE_21 = """<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m">
  <name xml:lang="en">Small</name>
  <elements>
    <element identifier="id-1" xsi:type="ApplicationComponent"><label xml:lang="vi">Một cửa</label>
      <properties><property identifierref="p1"><value xml:lang="vi">A</value></property></properties>
    </element>
    <element identifier="id-2" xsi:type="InfrastructureService">
      <label xml:lang="vi">Trục dữ liệu</label></element>
    <element identifier="id-3" xsi:type="Network"><label xml:lang="vi">Mạng</label></element>
  </elements>
  <relationships>
    <relationship identifier="id-r1" xsi:type="UsedByRelationship" source="id-2" target="id-1" />
    <relationship identifier="id-r2" xsi:type="RealisationRelationship" source="id-3" target="id-2" />
  </relationships>
  <organization><item><label xml:lang="en">All</label><item identifierref="id-1" /></item></organization>
  <propertydefs><propertydef identifier="p1" name="Class" type="string" /></propertydefs>
  <views><view identifier="id-v"><label xml:lang="en">View</label>
    <node identifier="id-g" x="0" y="0" w="300" h="100" type="group"><label xml:lang="en">Group</label>
      <node identifier="id-n1" elementref="id-1" x="10" y="30" w="120" h="55" />
      <node identifier="id-n2" elementref="id-2" x="150" y="30" w="120" h="55" /></node>
    <connection identifier="id-c" relationshipref="id-r1" source="id-n2" target="id-n1" />
  </view></views>
</model>
"""

ARCHI = """<?xml version="1.0" encoding="UTF-8"?>
<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:archimate="http://www.archimatetool.com/archimate" name="Small" id="m1" version="5.0.0">
  <folder name="Application" id="f1" type="application">
    <element xsi:type="archimate:ApplicationComponent" id="1" name="Một cửa">
      <documentation>Tiếp nhận</documentation><property key="Class" value="A"/></element>
    <folder name="Inner" id="f2">
      <element xsi:type="archimate:ApplicationComponent" id="2" name="Trục dữ liệu"/></folder>
  </folder>
  <folder name="Other" id="f3" type="other">
    <element xsi:type="archimate:Junction" id="3" name="" type="or"/></folder>
  <folder name="Relations" id="f4" type="relations">
    <element xsi:type="archimate:ServingRelationship" id="r1" source="2" target="1"/>
    <element xsi:type="archimate:AccessRelationship" id="r2" source="1" target="2" accessType="1"/></folder>
  <folder name="Views" id="f5" type="diagrams">
    <element xsi:type="archimate:ArchimateDiagramModel" name="View" id="v1">
      <child xsi:type="archimate:Group" id="g1" name="Group"><bounds x="-20" y="10" width="400" height="200"/>
        <child xsi:type="archimate:DiagramObject" id="n1" archimateElement="1">
          <bounds x="10" y="30" width="-1" height="-1"/></child>
        <child xsi:type="archimate:DiagramObject" id="n2" archimateElement="2"><bounds x="200" y="30"/>
          <sourceConnection xsi:type="archimate:Connection" id="c1" source="n2" target="n1"
            relationship="r1"/>
        </child></child>
      <child xsi:type="archimate:Note" id="n3"><bounds x="0" y="300"/><content>Ghi chú</content></child>
    </element>
    <element xsi:type="archimate:SketchModel" name="Sketch" id="v2"/></folder>
</archimate:model>
"""

_HEAD = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:archimate="http://www.archimatetool.com/archimate"'
)
FOLDER = {
    "folder.xml": f'<archimate:ArchimateModel {_HEAD} name="Small" id="id-m" version="5.0.0"/>',
    "application/folder.xml": f'<archimate:Folder {_HEAD} name="Application" id="id-f" type="application"/>',
    "application/ApplicationComponent_id-1.xml": (
        f'<archimate:ApplicationComponent {_HEAD} name="Một cửa" id="id-1" documentation="Tiếp nhận">'
        '<properties key="Class" value="A"/></archimate:ApplicationComponent>'
    ),
    "application/ApplicationComponent_id-2.xml": (
        f'<archimate:ApplicationComponent {_HEAD} name="Trục dữ liệu" id="id-2"/>'
    ),
    "relations/folder.xml": f'<archimate:Folder {_HEAD} name="Relations" id="id-fr" type="relations"/>',
    "relations/ServingRelationship_id-r1.xml": (
        f'<archimate:ServingRelationship {_HEAD} id="id-r1">'
        '<source xsi:type="archimate:ApplicationComponent" href="ApplicationComponent_id-2.xml#id-2"/>'
        '<target xsi:type="archimate:ApplicationComponent" href="ApplicationComponent_id-1.xml#id-1"/>'
        "</archimate:ServingRelationship>"
    ),
    "diagrams/folder.xml": f'<archimate:Folder {_HEAD} name="Views" id="id-fv" type="diagrams"/>',
    "diagrams/ArchimateDiagramModel_id-v.xml": (
        f'<archimate:ArchimateDiagramModel {_HEAD} name="View" id="id-v">'
        '<children xsi:type="archimate:DiagramModelArchimateObject" id="id-n1"><bounds x="5" y="5"/>'
        '<archimateElement href="ApplicationComponent_id-1.xml#id-1"/></children>'
        "</archimate:ArchimateDiagramModel>"
    ),
}


def write_folder(folder: Path) -> Path:
    """Write the model with a file a concept."""
    for name, text in FOLDER.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
