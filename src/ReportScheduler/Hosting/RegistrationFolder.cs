using System.Text.Json;
using System.Text.Json.Serialization;
using ReportScheduler.Files;
using ReportScheduler.Stores;

namespace ReportScheduler.Hosting;

/// <summary>What was registered for a store, one file each in a folder beside it.</summary>
internal sealed class RegistrationFolder(string store, StoreScope scope = StoreScope.User)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private readonly string folder = Path.Combine(ReportStores.FolderOf(store, scope), "registrations");

    /// <summary>All that can be read, in the order of their names.</summary>
    /// <exception cref="ReportException">RegistrationsDenied for those of another
    /// account, such as root that registered for this one.</exception>
    public IReadOnlyList<ReportScheduledTask> List()
    {
        try
        {
            return !Directory.Exists(folder) ? [] :
            [
                .. Directory.GetFiles(folder, "*.json").Select(Read).OfType<ReportScheduledTask>()
                    .OrderBy(registered => registered.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }
        catch (UnauthorizedAccessException denied)
        {
            throw HostingErrors.RegistrationsDenied(folder, denied);
        }
    }

    public void Put(ReportScheduledTask registered)
    {
        var path = FilePath(registered.Name);
        try
        {
            PrivateFile.CreateFolder(folder);
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(registered, Options));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.RegistrationNotKept(path, problem);
        }
    }

    public void Remove(string name) => File.Delete(FilePath(name));

    private string FilePath(string name) => Path.Combine(folder, HostedName.Unit(name) + ".json");

    private static ReportScheduledTask? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ReportScheduledTask>(File.ReadAllText(path), Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
