using System.Buffers.Binary;

namespace ReportScheduler.Files;

/// <summary>A number in a small file beside the store that is another one after a definition changed.</summary>
/// <remarks>Random and not counted, so that a restored store has a new one too.</remarks>
internal sealed class DefinitionStamp(string storePath)
{
    private readonly string path = storePath + ".stamp";

    /// <summary>0 when nothing was ever defined.</summary>
    /// <exception cref="ReportException">StoreUnreachable.</exception>
    public long Read()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
                ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
                : 0;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.StoreUnreachable(storePath, problem);
        }
    }

    /// <summary>Call it under the lock and before the change is committed: a reader
    /// that sees the new number then waits for the change.</summary>
    /// <returns>The new number.</returns>
    public long Renew()
    {
        using var file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        var number = Random.Shared.NextInt64(1, long.MaxValue);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        file.Write(bytes);
        return number;
    }
}
