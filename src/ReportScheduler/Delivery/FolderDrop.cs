using ReportScheduler.Tasks;

namespace ReportScheduler.Delivery;

/// <summary>Puts copies of a run's files in a folder, each in one step: nobody ever sees half a file.</summary>
internal static class FolderDrop
{
    /// <summary>One attempt at a file drop; what became of it stands in the delivery.</summary>
    public static void Drop(ReportDelivery delivery, ExistingFilePolicy existing, TimeProvider clock)
    {
        try
        {
            delivery.DroppedFiles = [.. Copy(delivery.Files, delivery.Target, existing)];
            (delivery.State, delivery.SentAt, delivery.Error, delivery.ErrorId) = (DeliveryState.Sent, clock.GetUtcNow(), null, null);
        }
        catch (ReportException problem)
        {
            (delivery.Error, delivery.ErrorId) = (problem.Message, problem.ErrorId);
            delivery.State = problem.IsTransient ? DeliveryState.Pending : DeliveryState.Failed;
        }
    }

    /// <summary>Copies files into a folder, which is made when it is missing.</summary>
    /// <returns>The full paths of the copies.</returns>
    public static IReadOnlyList<string> Copy(IReadOnlyList<string> files, string folder, ExistingFilePolicy existing)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return [.. files.Select(file => CopyOne(file, folder, existing))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ReportError.DropFailed(folder, problem);
        }
    }

    private static string CopyOne(string file, string folder, ExistingFilePolicy existing)
    {
        var target = Path.Combine(folder, Path.GetFileName(file));
        var fresh = Path.Combine(folder, $".{Path.GetFileName(file)}.{Guid.NewGuid():n}.tmp");
        try
        {
            File.Copy(file, fresh);
            for (var number = 2; ; number++)
            {
                try
                {
                    File.Move(fresh, target, overwrite: existing == ExistingFilePolicy.Overwrite);
                    return target;
                }
                catch (IOException) when (existing != ExistingFilePolicy.Overwrite && File.Exists(target))
                {
                    target = existing == ExistingFilePolicy.Number
                        ? Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)} ({number}){Path.GetExtension(file)}")
                        : throw ReportError.DropExists(target);
                }
            }
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}
