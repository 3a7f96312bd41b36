namespace ReportScheduler.Hosting;

/// <summary>Puts a registration where its system finds it, takes it away, and says what has changed there.</summary>
internal static class SystemRegistration
{
    /// <summary>Installs it in the place of one of that name, and remembers it beside its store.</summary>
    public static void Put(ReportScheduledTask registered, ISystemShell shell)
    {
        var folder = new RegistrationFolder(registered.StorePath, registered.Scope);
        if (folder.List().FirstOrDefault(each => each.Name.Equals(registered.Name, StringComparison.OrdinalIgnoreCase)) is { } older
            && !Replaces(registered, older))
        {
            SystemSchedulers.Of(older.System).Remove(older, shell);
        }

        SystemSchedulers.Of(registered.System).Install(registered, shell);
        folder.Put(registered);
    }

    /// <summary>Takes it from its system, and forgets it.</summary>
    public static void Remove(ReportScheduledTask registered, ISystemShell shell)
    {
        SystemSchedulers.Of(registered.System).Remove(registered, shell);
        new RegistrationFolder(registered.StorePath, registered.Scope).Remove(registered.Name);
    }

    /// <summary>What is not as it was registered in the system's own part, or why it could not be asked.</summary>
    public static IEnumerable<string> Changes(ReportScheduledTask registered, ISystemShell shell)
    {
        try
        {
            return [.. SystemSchedulers.Of(registered.System).Changes(registered, shell)];
        }
        catch (ReportException problem)
        {
            return [problem.Message];
        }
    }

    /// <summary>Whether installing one overwrites all of the other: the same system, folder and names.</summary>
    private static bool Replaces(ReportScheduledTask newer, ReportScheduledTask older) =>
        newer.System == older.System && newer.UnitFolder == older.UnitFolder
        && older.Files.All(file => newer.Files.Any(other => other.Name == file.Name));
}
