package dev.maskmap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.convert.array.ArrayFormat;
import dev.maskmap.convert.array.ArrayFormat.Headerless;
import dev.maskmap.convert.array.ArrayFormat.Packing;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ArrayOptionsTest {
  @Command(name = "any")
  private static final class AnyCommand {
    @Mixin final ArrayOptions arrays = new ArrayOptions();
  }

  private static ArrayOptions parse(String line) {
    AnyCommand command = new AnyCommand();
    new CommandLine(command).parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
    return command.arrays;
  }

  private static void assertFormat(ArrayFormat expected, String line) {
    assertEquals(expected, parse(line).format(), line);
    assertTrue(parse(line).given(), line);
  }

  @Test
  void withoutOptionsArraysArePlain() {
    assertEquals(ArrayFormat.plain(), parse("").format());
    assertFalse(parse("").given());
    assertFalse(parse("").headerless());
  }

  @Test
  void packedBitsHaveAnAxisAnOrderAndASize() {
    assertFormat(new ArrayFormat(Packing.AXIS_0, false, 0, 0, null), "--packed axis=0");
    assertFormat(new ArrayFormat(Packing.AXIS_MINUS_1, false, 0, 0, null), "--packed=axis=-1");
    assertFormat(
        new ArrayFormat(Packing.AXIS_2, true, 1080, 1920, null),
        "--packed axis=2 --bit-order little --size 1080x1920");
    assertFormat(
        new ArrayFormat(Packing.FLAT, false, 3, 4, null),
        "--packed flat --size 3x4 --bit-order big");
  }

  @Test
  void headerlessFilesHaveAShapeAndAType() {
    assertFormat(plain(new Headerless(0, 3, 4, "uint8", 0)), "--raw --shape 3x4 --dtype uint8");
    assertFormat(
        plain(new Headerless(9_000_000_000L, 3, 4, ">i2", 16)),
        "--raw --shape 9000000000x3x4 --dtype >i2 --offset 16");
    assertFormat(
        new ArrayFormat(Packing.AXIS_1, true, 0, 0, new Headerless(5, 3, 4, "uint8", 0)),
        "--raw --shape 5x3x4 --packed axis=1 --bit-order little");
    assertTrue(parse("--raw").headerless());
  }

  private static ArrayFormat plain(Headerless headerless) {
    return new ArrayFormat(null, false, 0, 0, headerless);
  }

  @Test
  void oneMemberOfEachArchiveCanBeChosen() {
    assertFormat(ArrayFormat.plain().withMember("label"), "--member label");
  }

  @Test
  void whatContradictsOrIsMissingNamesOptionFormAndValue() {
    refused(
        "--packed rows", "--packed", "'rows'", "axis=0, axis=1, axis=2, axis=-1, axis=-2 or flat");
    refused("--packed axis=0 --bit-order middle", "--bit-order", "'middle'", "big or little");
    refused("--packed axis=0 --size 12", "--size", "'12'", "HEIGHTxWIDTH");
    refused("--bit-order little", "--bit-order", "--packed axis=-2");
    refused("--size 3x4", "--size", "--packed axis=-2");
    refused("--packed flat", "--packed flat", "--size 1080x1920");
    refused("--shape 3x4", "--shape", "--raw");
    refused("--dtype uint8", "--dtype", "--raw");
    refused("--offset 0", "--offset", "--raw");
    refused("--raw", "--raw", "--shape NxHxW");
    refused("--raw --shape 3x4", "--raw", "--dtype uint8");
    refused("--raw --shape 3x4 --dtype text", "--dtype", "'text'", "float64");
    refused("--raw --shape 3x4 --dtype c8", "--dtype", "'c8'");
    refused("--raw --shape 3x4x5x6 --dtype u1", "--shape", "'3x4x5x6'", "100x1080x1920");
    refused("--raw --shape 0x4 --dtype u1", "--shape", "'0x4'");
    refused("--raw --shape 3x4 --dtype u1 --offset -1", "--offset", "'-1'", "0 or more");
    refused("--raw --shape 3x4 --dtype u1 --packed axis=0 --size 3x4", "--size 3x4", "--shape");
    refused("--raw --shape 3x4 --dtype int16 --packed axis=0", "--dtype int16", "uint8");
    refused("--raw --shape 3x4 --dtype u1 --member m", "--member m");
    refused("--raw --shape 3x99999999999 --dtype u1", "--shape", "'3x99999999999'");
    refused("--raw --shape 99999999999999999999x3x4 --dtype u1", "--shape");
  }

  private static void refused(String line, String... words) {
    ParameterException e = assertThrows(ParameterException.class, () -> parse(line).format(), line);
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), word + " not in: " + e.getMessage());
    }
  }
}
