using System.Reflection;

namespace ReportScheduler.Store;

/// <summary>Which members of a record a store keeps in it.</summary>
internal static class RecordMembers
{
    private static readonly Dictionary<Type, string[]> Apart = new()
    {
        // kept in records of their own, worked out, or of this process only
        [typeof(ReportTask)] = [nameof(ReportTask.State), nameof(ReportTask.AsRead), nameof(ReportTask.Query)],
        [typeof(ReportRun)] = [nameof(ReportRun.Deliveries), nameof(ReportRun.HeartbeatAt), nameof(ReportRun.IsTakenOver),
            nameof(ReportRun.Cause), nameof(ReportRun.IsGivenBack), nameof(ReportRun.TaskNextRunAt),
            nameof(ReportRun.FilesElsewhere)],
        [typeof(ReportDelivery)] = [nameof(ReportDelivery.TimeZone)],
        [typeof(DeliveryAttempt)] = [nameof(DeliveryAttempt.TimeZone)],
        [typeof(ReportConnection)] = [nameof(ReportConnection.Server), nameof(ReportConnection.Database)],
        [typeof(ReportSchedulerKey)] = [nameof(ReportSchedulerKey.Key)],
    };

    public static bool IsKept(Type type, MemberInfo member) =>
        member is not PropertyInfo { CanWrite: false } && !(Apart.TryGetValue(type, out var names) && names.Contains(member.Name));
}
