/// Scripts as YAML. The text is read strictly, because whoever reviews it must see all that it says and nothing that
/// it does not: no anchors, no tags, no second document, no invisible characters, no key that nothing reads. A
/// [YamlTree] keeps the place of everything, so that each finding names line and column; [StepForms] is the one list of
/// the kinds of step with their fields.
package org.quorate.script.yaml;
