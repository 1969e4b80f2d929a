package dev.maskmap.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.maskmap.MaskStore;
import dev.maskmap.load.Batch;
import dev.maskmap.load.Epoch;
import dev.maskmap.load.PatchLoader;
import dev.maskmap.sample.Sampling;
import dev.maskmap.testing.Pixels;
import dev.maskmap.testing.Stores;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The protocol of docs/feed.md, as a client sees it. */
@Timeout(60)
class FeedTest {
  private static final int SLOTS = 3;
  private static final int BATCH = 4;
  private static final int SIDE = 16;

  /** So large that the masks lie on many pages. */
  private static final int HEIGHT = 130;

  private static final int WIDTH = 200;

  @TempDir Path folder;
  private Path store;
  private Path ring;

  @BeforeEach
  void writeStore() throws IOException {
    Random random = new Random(1);
    List<Pixels> masks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      masks.add(Pixels.noise(HEIGHT, WIDTH, random.nextLong()));
    }
    store = Stores.write(folder.resolve("a.masks"), masks);
    ring = folder.resolve("ring");
  }

  private Map<String, Object> open() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("message", "open");
    members.put("stores", List.of(Map.of("name", "", "path", store.toString())));
    members.put("height", SIDE);
    members.put("width", SIDE);
    members.put("batch", BATCH);
    members.put("type", "uint8");
    members.put("sampler", Map.of("kind", "uniform"));
    members.put("per_mask", 3);
    members.put("small", "error");
    members.put("turns", "none");
    members.put("seed", 7);
    members.put("rank", 0);
    members.put("world", 1);
    members.put("uneven", "drop");
    members.put("keep_last", true);
    members.put("workers", 2);
    members.put("in_flight", SLOTS);
    members.put("classes", false);
    return members;
  }

  /** A client whose loader is ready. */
  private FeedClient ready() throws IOException {
    FeedClient client = new FeedClient();
    assertEquals("hello", client.receive().kind());
    client.send(open());
    FeedClient.Answer opened = client.receive();
    assertEquals("opened", opened.kind());
    Files.write(ring, new byte[(int) opened.members().integer("ring_bytes", 0, 1 << 20)]);
    client.send(Map.of("message", "ring", "path", ring.toString()));
    assertEquals("ready", client.receive().kind());
    return client;
  }

  private static Map<String, Object> epoch(long epoch, long next) {
    return Map.of("message", "epoch", "epoch", epoch, "next", next);
  }

  @Test
  void itGreetsWithItsVersions() throws Exception {
    try (FeedClient client = new FeedClient()) {
      FeedClient.Answer hello = client.receive();
      assertEquals(Feed.PROTOCOL, hello.members().integer("protocol", 0, 99));
      assertEquals("test", hello.members().string("version"));
      assertEquals(
          ProcessHandle.current().pid(), hello.members().integer("pid", 0, Long.MAX_VALUE));
    }
  }

  @Test
  void batchesAreThoseOfTheLoader() throws Exception {
    try (FeedClient client = ready();
        MaskStore masks = MaskStore.open(store);
        PatchLoader loader =
            PatchLoader.of(masks, Sampling.of(masks, SIDE, SIDE).patchesPerMask(3).uniform())
                .batch(BATCH)
                .seed(7)
                .keepLast(true)
                .open()) {
      for (long e : new long[] {0, 5, -1}) {
        client.send(epoch(e, 0));
        assertEquals(8, client.receive().members().integer("batches", 0, 99));
        try (Epoch epoch = loader.epoch(e)) {
          while (epoch.hasNext()) {
            try (Batch batch = epoch.next()) {
              FeedClient.BatchFrame frame = client.batch();
              assertSame(batch, frame);
              client.giveBack(frame.slot());
            }
          }
        }
        assertEquals("end", client.receive().kind());
      }
    }
  }

  private void assertSame(Batch batch, FeedClient.BatchFrame frame) throws IOException {
    assertEquals(batch.size(), frame.size());
    assertEquals(batch.number(), frame.number());
    byte[] all = Files.readAllBytes(ring);
    int bytes = (int) batch.patchBytes();
    for (int i = 0; i < frame.size(); i++) {
      assertEquals(batch.mask(i), frame.masks()[i]);
      assertEquals(batch.y(i), frame.places()[0][i]);
      assertEquals(batch.x(i), frame.places()[1][i]);
      assertEquals(batch.validHeight(i), frame.places()[2][i]);
      assertEquals(batch.validWidth(i), frame.places()[3][i]);
      assertEquals(batch.turn(i), frame.flags()[0][i]);
      assertEquals(batch.gaveUp(i), frame.flags()[1][i] == 1);
      byte[] expected =
          batch.patches().asSlice(batch.offset(i), bytes).toArray(ValueLayout.JAVA_BYTE);
      int at = frame.slot() * BATCH * bytes + i * bytes;
      assertArrayEquals(expected, Arrays.copyOfRange(all, at, at + bytes));
    }
  }

  @Test
  void noMoreBatchesComeThanThereAreSlots() throws Exception {
    try (FeedClient client = ready()) {
      client.send(epoch(0, 0));
      client.receive();
      List<FeedClient.BatchFrame> held = new ArrayList<>();
      for (int i = 0; i < SLOTS; i++) {
        held.add(client.batch());
      }
      assertEquals(SLOTS, held.stream().map(FeedClient.BatchFrame::slot).distinct().count());
      assertFalse(client.hasMore());
      client.giveBack(held.get(1).slot());
      assertEquals(held.get(1).slot(), client.batch().slot());
      assertFalse(client.hasMore());
      client.giveBack(held.get(0).slot(), held.get(2).slot());
      client.batch();
      client.batch();
      assertFalse(client.hasMore());
    }
  }

  @Test
  void anEpochEndsTheOneBeforeAndKeepsTheSlotsOfTheClient() throws Exception {
    try (FeedClient client = ready()) {
      client.send(epoch(0, 0));
      client.receive();
      int held = client.batch().slot();
      for (long e = 1; e < 30; e++) {
        client.send(epoch(e, 8));
        FeedClient.Answer answer = client.receive();
        while (answer.isBatch()) {
          client.giveBack(FeedClient.BatchFrame.of(answer.rest()).slot());
          answer = client.receive();
        }
        assertEquals("epoch", answer.kind());
        assertEquals(6, answer.members().integer("batches", 0, 99));
        FeedClient.BatchFrame first = client.batch();
        assertEquals(2, first.number());
        assertTrue(first.slot() != held);
        client.giveBack(first.slot());
      }
    }
  }

  @Test
  void placesOfTheClientAreReadInItsOrder() throws Exception {
    try (FeedClient client = ready()) {
      List<Object> arrays = new ArrayList<>();
      for (String name : List.of("mask", "y", "x")) {
        arrays.add(Map.of("name", name, "count", 5));
      }
      Map<String, Object> read = new LinkedHashMap<>(Map.of("message", "read"));
      read.put("arrays", arrays);
      client.send(read, 9, 9, 0, 3, 3, 0, 14, 1, 2, 3, 24, 0, 5, 6, 7);
      assertEquals(2, client.receive().members().integer("batches", 0, 99));
      FeedClient.BatchFrame first = client.batch();
      assertArrayEquals(new long[] {9, 9, 0, 3}, first.masks());
      assertArrayEquals(new int[] {0, 14, 1, 2}, first.places()[0]);
      assertEquals(1, client.batch().size());
      assertEquals("end", client.receive().kind());
      client.send(read, 10, 9, 0, 3, 3, 0, 14, 1, 2, 3, 24, 0, 5, 6, 7);
      assertFailed(client, "read", "IllegalArgumentException");
      client.send(Map.of("message", "read"));
      assertFailed(client, "read", "IllegalArgumentException");
    }
  }

  @Test
  void arraysThatAreNotThoseListedEndTheFeed() throws Exception {
    Object five = List.of(Map.of("name", "mask", "count", 5));
    for (int count : new int[] {3, 6}) {
      FeedClient client = ready();
      client.send(Map.of("message", "read", "arrays", five), new long[count]);
      client.awaitEnd();
      assertFalse(client.failed.get().getMessage().isBlank());
    }
  }

  private static void assertFailed(FeedClient client, String of, String type) throws IOException {
    assertFailed(client.receive(), of, type);
  }

  private static void assertFailed(FeedClient.Answer answer, String of, String type)
      throws IOException {
    assertEquals("error", answer.kind());
    assertEquals(of, answer.members().string("of"));
    assertTrue(answer.members().string("class").endsWith(type), answer.members().string("class"));
    assertFalse(answer.members().string("text").isBlank());
  }

  @Test
  void whatFailsIsSaidAndSomethingElseMayBeAskedFor() throws Exception {
    try (FeedClient client = new FeedClient()) {
      client.receive();
      client.send(Map.of("message", "dance"));
      assertFailed(client, "dance", "IllegalArgumentException");
      client.send(epoch(0, 0));
      assertFailed(client, "epoch", "IllegalStateException");
      client.send(Map.of("message", "ring", "path", ring.toString()));
      assertFailed(client, "ring", "IllegalStateException");
      client.send(Map.of("message", "open"));
      assertFailed(client, "open", "JsonException");
      Map<String, Object> wrong = open();
      wrong.put("stores", List.of(Map.of("name", "", "path", folder.resolve("none").toString())));
      client.send(wrong);
      assertFailed(client, "open", "NoSuchFileException");
      for (Map.Entry<String, Object> change :
          Map.of("height", 999, "type", "int8", "sampler", Map.of("kind", "dice"), "in_flight", 1)
              .entrySet()) {
        Map<String, Object> members = open();
        members.put(change.getKey(), change.getValue());
        client.send(members);
        assertEquals("error", client.receive().kind(), change.getKey());
      }
      client.send(open());
      assertEquals("opened", client.receive().kind());
      Files.write(ring, new byte[100]);
      client.send(Map.of("message", "ring", "path", ring.toString()));
      assertFailed(client, "ring", "IllegalArgumentException");
      client.send(open());
      assertFailed(client, "open", "IllegalStateException");
    }
  }

  @Test
  void aPatchThatCannotBeReadEndsTheEpochAlone() throws Exception {
    try (FeedClient client = ready()) {
      try (FileChannel file =
          FileChannel.open(store.resolve("masks.npy"), StandardOpenOption.WRITE)) {
        file.truncate(1);
      }
      for (int i = 0; i < 2; i++) {
        client.send(epoch(0, 0));
        assertEquals("epoch", client.receive().kind());
        FeedClient.Answer answer = client.receive();
        while (answer.isBatch()) {
          client.giveBack(FeedClient.BatchFrame.of(answer.rest()).slot());
          answer = client.receive();
        }
        assertFailed(answer, "batch", "LoadException");
      }
    }
  }

  @Test
  void slotsThatTheClientHasNotEndTheFeed() throws Exception {
    for (int slot : new int[] {0, -1, SLOTS}) {
      FeedClient client = ready();
      client.giveBack(slot);
      client.awaitEnd();
      assertTrue(client.failed.get().getMessage().contains("slot " + slot));
    }
  }

  @Test
  void whatIsNoFrameEndsTheFeed() throws Exception {
    for (byte[] bytes :
        List.of("hello, world".getBytes(), new byte[] {3, 0, 0, 0}, new byte[] {9, 0, 0, 0, 9})) {
      FeedClient client = new FeedClient();
      client.rawBytes(bytes);
      client.end();
      assertTrue(client.failed.get() instanceof IOException, () -> "" + client.failed.get());
    }
  }

  @Test
  void itEndsWithItsStreamAndWhenToldTo() throws Exception {
    FeedClient client = ready();
    client.send(epoch(0, 0));
    client.end();
    assertEquals(null, client.failed.get());
    client = ready();
    client.send(Map.of("message", "close"));
    client.awaitEnd();
    assertEquals(null, client.failed.get());
  }
}
