using ReportScheduler.Files;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Room on the disk that is kept for the store, in a file beside it: given up bit
/// by bit when the disk is full, made again when it is not.</summary>
/// <remarks>What reports fill a disk with must not keep their failures from being recorded.</remarks>
internal sealed class StoreReserve(string storePath)
{
    private const long Size = 4 << 20;
    private const long Step = 256 << 10;

    /// <summary>It is made only where this much is left beside it.</summary>
    private const long LeftFree = 16 << 20;

    private readonly string path = PathFor(storePath);

    public static string PathFor(string storePath) => storePath + ".reserve";

    /// <summary>Makes it whole again where there is room. That it cannot be is no problem now.</summary>
    public void Refill()
    {
        try
        {
            var present = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
            if (present == Size || DiskSpace.FreeAt(Path.GetDirectoryName(path)!) is not { } free || free + present < Size + LeftFree)
            {
                return;
            }

            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0,
                PreallocationSize = Size };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var reserve = new FileStream(path, options);
            reserve.SetLength(Size);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // the disk was filled this very moment, or lets nobody write: the change that is over has happened all the same
        }
    }

    /// <summary>Gives room to the disk.</summary>
    /// <param name="bytes">At least so much, if there is.</param>
    /// <returns>False when there is nothing left to give.</returns>
    public bool GiveUp(long bytes)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and var present })
            {
                return false;
            }

            using var reserve = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 0);
            reserve.SetLength(Math.Max(0, present - Math.Max(Step, bytes)));
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
