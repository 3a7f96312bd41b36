using ReportScheduler.Delivery.Mail;

namespace ReportScheduler.Delivery.Folder;

/// <summary>Puts copies of a run's files in a folder, each in one step: nobody ever sees half a file.</summary>
internal static class FolderDrop
{
    /// <summary>One attempt at a file drop; what became of it stands in the delivery.</summary>
    public static void Drop(ReportDelivery delivery, ExistingFilePolicy existing, TimeProvider clock)
    {
        try
        {
            delivery.DroppedFiles = [.. Copy(delivery.Files, delivery.Target, existing)];
            (delivery.State, delivery.SentAt, delivery.Error,
                delivery.ErrorId) = (DeliveryState.Sent, delivery.SentAt ?? clock.GetUtcNow(), null, null);
        }
        catch (ReportException problem)
        {
            (delivery.Error, delivery.ErrorId) = (problem.Message, problem.ErrorId);
            delivery.State = problem.IsTransient ? DeliveryState.Pending : DeliveryState.Failed;
        }
    }

    /// <summary>Copies files into a folder, which is made when it is missing. Either all copies are made or
    /// the folder stays as it was, as far as a file system can promise it.</summary>
    /// <returns>The full paths of the copies.</returns>
    /// <exception cref="ReportException">A file is not there; the folder cannot be written to, or has a file of that name and the policy is
    /// Fail.</exception>
    public static IReadOnlyList<string> Copy(IReadOnlyList<string> files, string folder, ExistingFilePolicy existing)
    {
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            throw FolderErrors.DropFileMissing(missing);
        }

        var fresh = files.Select(file => Path.Combine(folder, $".{Guid.NewGuid():n}.tmp")).ToList();
        try
        {
            Directory.CreateDirectory(folder);
            if (existing == ExistingFilePolicy.Fail && files.Select(file => Target(file, folder)).FirstOrDefault(File.Exists) is { } taken)
            {
                throw FolderErrors.DropExists(taken);
            }

            foreach (var (file, copy) in files.Zip(fresh))
            {
                File.Copy(file, copy);
            }

            return [.. files.Zip(fresh, (file, copy) => Rename(copy, file, folder, existing))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw MailErrors.DropFailed(folder, problem);
        }
        finally
        {
            fresh.ForEach(RemoveRest);
        }
    }

    private static string Target(string file, string folder) => Path.Combine(folder, Path.GetFileName(file));

    private static string Rename(string copy, string file, string folder, ExistingFilePolicy existing)
    {
        var target = Target(file, folder);
        for (var number = 2; ; number++)
        {
            try
            {
                File.Move(copy, target, overwrite: existing == ExistingFilePolicy.Overwrite);
                return target;
            }
            catch (IOException) when (existing != ExistingFilePolicy.Overwrite && File.Exists(target))
            {
                target = existing == ExistingFilePolicy.Number
                    ? Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)} ({number}){Path.GetExtension(file)}")
                    : throw FolderErrors.DropExists(target);
            }
        }
    }

    /// <summary>The problem that stopped the drop is worth more than the one of cleaning up after it.</summary>
    private static void RemoveRest(string copy)
    {
        try
        {
            File.Delete(copy);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }
}
