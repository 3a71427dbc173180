package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ParameterSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LossSource SOURCE = new LossSource("test", "0", "sha256:0");
  private static final LossDefinition EVERY_TYPE = LossDefinition.of(new EveryType(), SOURCE);

  @Test
  void aNumberStatesItsRangeDefaultAndMeaning() {
    assertProperty(
        "scale", "{'type':'number','exclusiveMinimum':0,'default':1.0,'description':'A scale.'}");
    assertProperty("steps", "{'type':'integer','minimum':1,'default':2}");
  }

  @Test
  void anEnumStatesItsWords() {
    assertProperty("mode", "{'type':'string','enum':['plain','squared-L2'],'default':'plain'}");
  }

  @Test
  void aListMayBeASingleNumber() {
    String item = "{'type':'number','minimum':0,'maximum':1}";
    assertProperty(
        "weight",
        "{'anyOf':[{'type':'array','items':" + item + ",'minItems':1}," + item
            + "],'default':[0.5]}");
  }

  @Test
  void whatMayBeNullSaysSo() {
    assertProperty("eps", "{'type':['number','null'],'default':null}");
    assertProperty(
        "class_weight",
        "{'anyOf':[{'type':'array','items':{'type':'number'},'minItems':1},{'type':'number'},{'type':'null'}],"
            + "'default':null}");
  }

  @Test
  void otherNamesAreNotAllowed() {
    JsonNode schema = JSON.valueToTree(EVERY_TYPE.parameters().jsonSchema());
    assertEquals("object", schema.get("type").asString());
    assertEquals(false, schema.get("additionalProperties").asBoolean());
  }

  private static void assertProperty(String name, String json) {
    JsonNode schema = JSON.valueToTree(EVERY_TYPE.parameters().jsonSchema());
    assertEquals(
        JSON.readTree(json.replace('\'', '"')),
        JSON.readTree(JSON.writeValueAsString(schema.get("properties").get(name))));
  }
}
