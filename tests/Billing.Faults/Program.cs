using Billing.Faults;
using Billing.Faults.Appending;

return args is ["--child", ..] ? await AppendingProgram.Run(args[1..]) : await FaultsCommand.Run(args);
