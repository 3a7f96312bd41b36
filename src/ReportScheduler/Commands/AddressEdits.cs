using ReportScheduler.Delivery.Mail;

namespace ReportScheduler.Commands;

/// <summary>Adds addresses to a list and takes some away. An address is the same whatever
/// name stands beside it and in whatever case it is written.</summary>
internal static class AddressEdits
{
    /// <param name="present">The list there is.</param>
    /// <param name="added">May be null.</param>
    /// <param name="removed">May be null.</param>
    /// <param name="missing">Is told an address to remove that is not there, and those that are.</param>
    /// <exception cref="ReportException">What is given is no address.</exception>
    public static string[] Apply(string[] present, string[]? added, string[]? removed, Action<string, string[]> missing)
    {
        List<string> list = [.. present];
        foreach (var address in (removed ?? []).SelectMany(MailAddresses.Split))
        {
            if (list.RemoveAll(Same(address)) == 0)
            {
                missing(address, present);
            }
        }

        foreach (var address in (added ?? []).SelectMany(MailAddresses.Split).Where(address => !list.Exists(Same(address))))
        {
            list.Add(address);
        }

        return [.. list];
    }

    private static Predicate<string> Same(string address)
    {
        var wanted = MailAddresses.Parse(address).Address;
        return other => MailAddresses.Parse(other).Address.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }
}
