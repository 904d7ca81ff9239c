import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** Serves MongoDB's protocol from memory on a free loopback port, and prints the URL. */
public class Serve {
  public static void main(String[] arguments) throws Exception {
    MemoryBackend backend = new MemoryBackend();
    // The driver refuses servers that call themselves older than 4.2.
    backend.version(new MongoVersion() {
      public List<Integer> getVersionArray() { return List.of(5, 0, 0, 0); }
      public String toVersionString() { return "5.0.0"; }
      public int getWireVersion() { return 13; }
    });
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", 0);
    System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort() + "/");
    Thread.currentThread().join();
  }
}
